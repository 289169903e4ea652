// A claim at other sizes than the recorded ones, looked at before it is said of all of them: what
// was settled by recorded lengths alone shows here. In float64, at points without ties and poles.
import type { Work } from '../../arithmetic/budget.ts'
import { PoleError } from '../../core/errors.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Network } from '../../network/network.ts'
import { type FreeSize, lengthsByName, nearest, sizesOf } from '../../network/sizes.ts'
import { NearTieError } from '../domains/domain.ts'
import { floatDomain } from '../domains/float.ts'
import { randomFrom } from '../domains/random.ts'
import { agreement, answered, realOf, seedOfClaim, tooFewDigits } from './agreement.ts'
import { hasPieces } from './exclusions.ts'
import { hasValueSomewhere } from './has-value.ts'
import { claimAt, drawPoint, numbersIn, samplerOf, type TestOptions } from './point.ts'
import { asksPolicy, fillSpace } from './policy.ts'

/** What was seen of a claim at other sizes. */
export interface OtherSizes {
  /** At how many sizes both sides had one value. */
  readonly held: number
  /** Whether one of the points had neither ties nor kinks. */
  readonly untied: boolean
  /** Lengths at which the sides differ, by name. */
  readonly differs?: Readonly<Record<string, number>>
  /** Whether they are the recorded ones. */
  readonly isHere?: boolean
  /** Whether they do so at kinks, which a proof leaves out. */
  readonly isBent?: boolean
  /** At the recorded sizes no side has a value at any point that was tried. */
  readonly isNothingHere?: boolean
}

export interface OtherSizesOptions extends TestOptions {
  /** Lengths that stay as recorded, as `axisName` says them. */
  readonly fixed: readonly string[]
  /** Others only show that there is a value: what differs there says nothing. */
  readonly recordedOnly: boolean
  /** Whether enough was seen at the recorded sizes. */
  readonly hereIsSeen: boolean
}

/** Sizes at which a claim has to hold before it is said of all. */
const enoughSizes = 3
const mostSizes = 24
const mostNumbersIn = 600
const operationsForOneSize = 30_000
const pointsForOneSize = 8
const pointsForPieces = 3

/** By the place of a length and round: all alike, apart, and one more than was recorded. */
const rounds: readonly ((place: number, recorded: number, random: () => number) => number)[] = [
  (place) => 2 + ((2 * place) % 3),
  (_, recorded) => Math.min(recorded, 6) + 1,
  () => 1,
  (place) => 4 - (place % 3),
  () => 3,
  () => 5,
  () => 2,
]

/** Lengths to try; those that are fixed stay. */
function* lengthsToTry(
  free: readonly FreeSize[],
  fixed: ReadonlySet<string>,
  random: () => number,
): Generator<readonly number[]> {
  const here = free.map(({ recorded }) => recorded)
  const met = new Set([here.join()])
  yield here
  for (let k = 0; k < mostSizes; k++) {
    const round = rounds[k] ?? ((_place, _recorded, next) => 1 + (next() % 6))
    const lengths = free.map(({ names, recorded }, place) =>
      names.some((name) => fixed.has(name)) ? recorded : round(place, recorded, random),
    )
    if (met.has(lengths.join())) continue
    met.add(lengths.join())
    yield lengths
  }
}

type Look = 'agrees' | 'agrees, tied' | 'differs' | 'differs, bent' | 'nothing'

/** Points until enough are off ties and poles; tied ones count where none is. */
const lookAt = (
  claim: ResolvedClaim,
  network: Network,
  random: () => number,
  budget: Work,
  options: TestOptions,
): Look => {
  const domain = floatDomain()
  const sampler = samplerOf(domain, () => realOf(random), budget)
  const asks = asksPolicy(claim, network)
  // Where functions have pieces, one point sees one of them.
  let wanted = hasPieces(claim, network) ? pointsForPieces : 1
  let best: Look = 'nothing'
  const look = (): Look => {
    const world = drawPoint(network, sampler, budget, options)
    const gaps = [...claimAt(claim, world).entries()]
    if (gaps.length === 0) return 'nothing'
    const agrees = agreement(gaps, leastReal).digits >= tooFewDigits
    // Where both sides are next to nothing, rounding alone may be left of them.
    const isTiny = (number: number) => Math.abs(number) < leastReal
    if (!agrees && gaps.every(({ left, right }) => isTiny(left) && isTiny(right))) return 'nothing'
    const isTied = (domain.seen.ties || domain.seen.kinks) && asks
    if (isTied && agrees) return 'agrees, tied'
    const { ties, saturated } = domain.seen
    if (isTied) return fillSpace(options) && !ties && !saturated ? 'differs, bent' : 'nothing'
    return agrees ? 'agrees' : saturated ? 'nothing' : 'differs'
  }
  for (let k = 0; k < pointsForOneSize; k++) {
    try {
      const found = look()
      if (found.startsWith('differs')) return found
      if (found === 'agrees') {
        best = found
        if (--wanted === 0) return found
      } else if (found === 'agrees, tied' && best === 'nothing') best = found
    } catch (error) {
      if (!(error instanceof NearTieError || error instanceof PoleError)) throw error
    }
  }
  return best
}

const leastReal = 1e-9

/** The claim at the recorded sizes and at several others, as far as the work allows. */
export const atOtherSizes = (
  claim: ResolvedClaim,
  network: Network,
  work: Work,
  { fixed, recordedOnly, hereIsSeen, ...options }: OtherSizesOptions,
): OtherSizes => {
  const random = randomFrom(seedOfClaim(claim) ^ 0x1b873593)
  const sizes = sizesOf(network, 'ones vary')
  const { free, at } = sizes
  const here = free.map(({ recorded }) => recorded).join()
  let [held, untied, isNothingHere] = [0, false, false]
  const met = new Set<string>()
  for (const wanted of lengthsToTry(free, new Set(fixed), random)) {
    if (held >= (recordedOnly ? 1 : enoughSizes) && untied) break
    if (work.left() < 1) break
    const lengths = nearest(wanted, sizes, work)
    if (met.has(lengths.join())) continue
    met.add(lengths.join())
    const isHere = lengths.join() === here
    if (isHere && hereIsSeen) continue
    const other = at(lengths)
    if (!other || numbersIn(other) > mostNumbersIn || !keeps(fixed, network, other)) continue
    const budget = work.part(operationsForOneSize)
    const look = () => lookAt(claim, other, random, budget, options)
    const found = answered(() => ({ kind: 'looked' as const, look: look() }))
    if (isHere && found.kind === 'looked' && found.look === 'nothing') {
      isNothingHere = hasValueSomewhere(claim, other, budget, options) === false
    }
    if (found.kind !== 'looked' || found.look === 'nothing') continue
    if (found.look.startsWith('differs') && (isHere || !recordedOnly)) {
      // Rounding does not come back at another point.
      const again = answered(() => ({ kind: 'looked' as const, look: look() }))
      if (again.kind !== 'looked' || !again.look.startsWith('differs')) continue
      const differs = Object.fromEntries(free.map(({ name }, k) => [name, lengths[k]!]))
      const isBent = [found, again].some((each) => each.look === 'differs, bent')
      return { held, untied, differs, isHere, isBent }
    }
    held++
    untied ||= found.look === 'agrees'
  }
  return { held, untied, isNothingHere }
}

/** A length that follows from others may be fixed too: that of weights behind a pooled image. */
const keeps = (fixed: readonly string[], network: Network, other: Network): boolean => {
  if (fixed.length === 0) return true
  const [recorded, chosen] = [lengthsByName(network), lengthsByName(other)]
  return fixed.every((name) => recorded.get(name) === chosen.get(name))
}

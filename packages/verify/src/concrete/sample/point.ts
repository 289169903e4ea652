// Points at which claims are tested: values of every leaf from a seed, off ties, kinks and poles.
import type { Node } from '@backprove/graph'
import type { Budget } from '../../arithmetic/budget.ts'
import { ConcreteError, PoleError } from '../../core/errors.ts'
import type { StarReading } from '../../core/statement.ts'
import { type EvaluatedClaim, evaluateClaim } from '../../evaluate/claim.ts'
import { sizeOf } from '../../evaluate/machine.ts'
import { type Interpreter, interpreter } from '../../evaluate/program.ts'
import type { World } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import { statementOf } from '../../lower/claims/claim.ts'
import { leavesOf, type Network } from '../../network/network.ts'
import { type Domain, NearTieError, type Tensor } from '../domains/domain.ts'
import { meetAssumptions } from './assumptions.ts'
import { asRooted } from './rooted.ts'
import { asPlaces } from './valid-places.ts'

export interface TestOptions {
  /** By default from the claim: the same claim, the same points. */
  readonly seed?: number
  /** One for each bare star, in the order of their ordinals. */
  readonly reading?: readonly StarReading[]
  /** What holds besides; points are moved until they do. */
  readonly assumptions?: readonly ResolvedClaim[]
  /** Whether leaves that say where to read are drawn as places, where the network has a value. */
  readonly places?: true
  /** Whether leaves that stand below roots are drawn where those have values. */
  readonly rooted?: boolean
}

export type Exclusion = 'ties' | 'kinks' | 'poles'

/** A domain and what its values are drawn with. */
export interface Sampler<T> {
  readonly domain: Domain<T>
  readonly interpreter: Interpreter<T>
  readonly draw: () => T
}

export const samplerOf = <T>(domain: Domain<T>, draw: () => T, budget: Budget): Sampler<T> => ({
  domain,
  interpreter: interpreter(domain, budget),
  draw,
})

/** More numbers than these are not drawn: the time and memory for them are not there. */
const mostNumbers = 500_000

/** How many numbers the leaves have. */
export const numbersIn = (network: Network): number =>
  leavesOf(network).reduce((sum, { shape }) => sum + sizeOf(shape), 0)

export const isTooLarge = (network: Network): boolean => numbersIn(network) > mostNumbers

/** A point: every leaf with its value, and the claim's own variables as they are asked for. */
export const drawPoint = <T>(
  network: Network,
  { domain, interpreter, draw }: Sampler<T>,
  budget: Budget,
  options: TestOptions,
): World<T> => {
  const variables = new Map<string, T>()
  const variable = (name: string): T => {
    const value = variables.get(name) ?? draw()
    variables.set(name, value)
    return value
  }
  const values = new Map<Node, Tensor<T>>()
  const leaves = leavesOf(network)
  if (isTooLarge(network)) {
    const count = numbersIn(network)
    throw new ConcreteError(`Inputs of ${count} numbers are too many to try`)
  }
  for (const leaf of leaves) {
    const drawn = Array.from({ length: sizeOf(leaf.shape) }, draw)
    const inside = options.rooted ? asRooted(leaf, drawn, network, domain) : drawn
    const data = options.places ? asPlaces(leaf, inside, network, domain) : inside
    values.set(leaf, { shape: leaf.shape, data })
  }
  domain.seen.ties = false
  domain.seen.kinks = false
  domain.seen.saturated = false
  const world: World<T> = {
    network,
    domain,
    budget,
    interpreter,
    values,
    variable,
    variables,
    reading: options.reading,
  }
  meetAssumptions(options.assumptions ?? [], world)
  return world
}

/** Every number at such a point, by the names of leaves and of the claim's variables. */
export type Numbers = ReadonlyMap<string, readonly number[]>

export const numbersAt = ({ network, values, variables }: World<number>): Numbers =>
  new Map([
    ...leavesOf(network).map((leaf) => [leaf.name!, values.get(leaf)!.data] as const),
    ...[...variables].map(([name, value]) => [name, [value]] as const),
  ])

/** Puts numbers in the place of those that were drawn; what they are in the domain, by name. */
export const putNumbers = <T>(
  { network, values, variables }: World<T>,
  numbers: Numbers,
  put: (value: number) => T,
): ReadonlyMap<string, readonly T[]> => {
  const all = new Map([...numbers].map(([name, data]) => [name, data.map(put)]))
  for (const [name, [value]] of all) variables.set(name, value!)
  for (const leaf of leavesOf(network))
    values.set(leaf, { shape: leaf.shape, data: all.get(leaf.name!)! })
  return all
}

/** The claim at a point, its shapes settled. */
export const claimAt = <T>(claim: ResolvedClaim, world: World<T>): EvaluatedClaim<T> =>
  evaluateClaim(statementOf(claim, world), world)

const mostTries = 40
/** Then leaves below roots are drawn where roots have values: others were tried before. */
const polesAtMost = 6

interface Met {
  readonly tied: boolean
  readonly differs: boolean
  /** Kinks alone were met, no ties. */
  readonly bent: boolean
}

/**
 * Which points are evidence: those without ties and kinks, and others only as long as no point with
 * ties or kinks speaks against the claim. To pick those that agree would be to look away.
 */
export const witnesses = () => {
  let seenTied = false
  let seenAgainst = false
  let seenBent = false
  return {
    accepts: ({ tied, differs, bent }: Met): boolean => {
      if (!tied) return true
      if (differs) seenAgainst = true
      else seenTied = true
      seenBent ||= differs && bent
      return !differs && !seenAgainst
    },
    /**
     * Whether a point with ties was taken for evidence, and another one spoke against it: or one
     * with kinks alone, which random points meet where half the space is a kink, relu′(relu(z)).
     */
    contradict: (): boolean => (seenTied && seenAgainst) || seenBent,
  }
}

/**
 * `body` at points until one is usable, and what was met on the way; with `rooted` where poles
 * alone are met.
 * @throws ConcreteError where no point is
 */
export const atSomePoint = <R>(
  body: (how: { readonly rooted: boolean }) => R,
  excluded: Set<Exclusion>,
  accept: (result: R) => boolean = () => true,
): R => {
  let last: R | undefined
  let poles = 0
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      last = body({ rooted: poles >= polesAtMost })
      if (accept(last)) return last
    } catch (error) {
      if (error instanceof NearTieError) excluded.add('ties')
      else if (error instanceof PoleError) {
        excluded.add('poles')
        poles++
      } else throw error
    }
  }
  if (last !== undefined) return last
  throw new ConcreteError('No point was found without ties, kinks and poles')
}

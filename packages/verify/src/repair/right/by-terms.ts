// The right side as the prover has it: entries of the arrays next to the left side, as text.

import { consumersOf, type Node } from '@backprove/graph'
import type { Work } from '../../arithmetic/budget.ts'
import { equal, polynomial, variablesOf } from '../../arithmetic/polynomial.ts'
import type { Variable } from '../../arithmetic/variable.ts'
import { letterOf } from '../../core/core.ts'
import { ConcreteError } from '../../core/errors.ts'
import type { Resolved, ResolvedClaim } from '../../language/resolved.ts'
import { childNodes } from '../../language/walk.ts'
import type { Network } from '../../network/network.ts'
import { reaches } from '../../network/reaches.ts'
import type { SymbolicNetwork } from '../../network/symbolic/shapes.ts'
import type { View } from '../../prove/view.ts'
import { spellNamed } from '../../read-as/sources.ts'
import { bindersIn } from '../edits/free-letters.ts'
import { derived } from './derived.ts'
import { style, UnwritableError, type Writing } from './index-text.ts'
import { termsText } from './terms-text.ts'

const bare = (node: Resolved): Resolved => (node.kind === 'entry' ? bare(node.array) : node)

const nodeOf = (by: Resolved | undefined, { nodes }: Network): Node | undefined => {
  const array = by && bare(by)
  return array?.kind === 'array' ? nodes.get(array.name) : undefined
}

/** Arrays by which the cost is differentiated in an expression. */
const cotangentsIn = (node: Resolved, network: Network): Node[] => {
  const below = childNodes<Resolved>(node).flatMap((each) => cotangentsIn(each, network))
  if (node.kind !== 'derivative' || node.by.length > 1) return below
  const of = node.of.kind === 'cost' || nodeOf(node.of, network) === network.cost
  const by = nodeOf(node.by[0], network)
  return of && by ? [by, ...below] : below
}

/** What the derivative by the left side's array is told by: their own arrays, or the next ones. */
const cotangents = (claim: ResolvedClaim, network: Network): ReadonlySet<Node>[] => {
  const [left, right] = claim.operands as [Resolved, Resolved]
  const [subject] = cotangentsIn(left, network)
  if (!subject) return [new Set()]
  const own = new Set(cotangentsIn(right, network).filter((node) => node !== subject))
  const next = new Set(consumersOf(network.cost, subject).filter((node) => node !== network.cost))
  const sinks = new Set([...next].filter((node) => !isBelow(node, next)))
  const found = [own, sinks].filter((set) => set.size > 0 && isCut(set, subject, network))
  return found.length > 0 ? found : [new Set()]
}

/** Some other node of the set is made of it. */
const isBelow = (node: Node, others: ReadonlySet<Node>): boolean =>
  [...others].some((other) => other !== node && reaches(other, node, new Set()))

/** Every path to the cost passes one of them. */
const isCut = (set: ReadonlySet<Node>, subject: Node, { cost }: Network): boolean =>
  !reaches(cost, subject, set) && [...set].every((node) => !isBelow(node, set))

/** σ′ has a name in theirs, or stands as σ (1 − σ). */
const hasPrimes = (node: Resolved): boolean =>
  ('order' in node && node.order > 0) || childNodes<Resolved>(node).some(hasPrimes)

const indexLetters = [...'ijklmnpqrsuv']

/** Each way to say it in entries, the one in their own arrays first. */
export function* byTerms(claim: ResolvedClaim, network: Network, work: Work): Generator<string> {
  const [left, right] = claim.operands as [Resolved, Resolved]
  const bases = new Set(network.scope.names.flatMap(({ base }) => base))
  const kinds: readonly View['functions'][] = hasPrimes(right)
    ? ['opaque', 'expanded']
    : ['expanded', 'opaque']
  const seen = new Set<string>()
  for (const deltas of cotangents(claim, network))
    for (const functions of kinds)
      for (const isRecorded of [false, true]) {
        const asked = { left, claim, network, budget: work, isRecorded, functions, deltas }
        const text = spelled(derived(asked), claim, network, bases)
        if (text === undefined || seen.has(text)) continue
        seen.add(text)
        yield text
        break
      }
}

/** The letters that the network has for lengths, by what stands for those lengths. */
const lengthsOf = ({ shapeOf }: SymbolicNetwork, { nodes, scope }: Network) =>
  new Map(
    (scope.sizes ?? []).flatMap(({ name, array, axis }): [Variable, string][] => {
      const node = nodes.get(array)
      const own = node?.graph.namesOf(node).find(({ bare }) => bare === array)?.axes
      const length = node && shapeOf(node).shape[own?.[axis] ?? axis]
      const [only, ...others] = length ? variablesOf(length) : []
      const isAlone = only && others.length === 0 && equal(length!, polynomial(only))
      return isAlone ? [[only, name]] : []
    }),
  )

const spelled = (
  found: ReturnType<typeof derived>,
  claim: ResolvedClaim,
  network: Network,
  bases: ReadonlySet<string>,
): string | undefined => {
  if (!found) return undefined
  const { cost } = network
  const names: string[] = []
  for (const { name } of found.letters) {
    const free = indexLetters.find((each) => !bases.has(each) && !names.includes(each))
    names.push(
      /^\p{L}'*$/u.test(name) && claim.free.includes(name) && !names.includes(name)
        ? name
        : (free ?? letterOf(name).name),
    )
  }
  const letters = new Map(found.letters.map(({ at }, k) => [at, names[k]!]))
  const lengths = lengthsOf(found.symbolic, network)
  const bound = bindersIn(claim.operands[1]).filter((name) => /^\p{L}$/u.test(name))
  const writing: Writing = { derived: found, cost, letters, lengths, taken: bases, bound }
  try {
    const at = found.left.at.map((index) => {
      const letter = index.kind === 'letter' ? index.letter : undefined
      const place = found.letters.findIndex((each) => each.letter === letter)
      if (place >= 0) return names[place]!
      if (index.kind === 'length')
        return [...index.of.values()].map((m) => `${m.coefficient}`).join('')
      throw new UnwritableError('an entry at what is no letter')
    })
    return `${spellNamed(found.left.from, at, { style, cost })} = ${termsText(found.terms, writing)}`
  } catch (error) {
    if (error instanceof UnwritableError || error instanceof ConcreteError) return undefined
    throw error
  }
}

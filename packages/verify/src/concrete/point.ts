// Points at which claims are tested: values of every leaf from a seed, off ties, kinks and poles.
import type { Node } from '@backprove/graph'
import type { Budget } from '../arithmetic/budget.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { leavesOf, type Network } from '../network/network.ts'
import { sizeOf } from './arrays.ts'
import { type EvaluatedClaim, evaluateClaim, withChoices } from './claim.ts'
import { ConcreteError, type Domain, NearTieError, PoleError, type Tensor } from './domain.ts'
import { type Interpreter, interpreter } from './program.ts'
import type { StarReading, World } from './world.ts'

export interface TestOptions {
  /** By default from the claim: the same claim, the same points. */
  readonly seed?: number
  /** One for each bare star, in the order of their ordinals. */
  readonly reading?: readonly StarReading[]
  /** What holds besides: equations linear in some leaf's entry (Σ_i t_i = 1), and inequalities. */
  readonly assumptions?: readonly ResolvedClaim[]
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
  const count = leaves.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  if (count > mostNumbers) throw new ConcreteError(`Inputs of ${count} numbers are too many to try`)
  for (const leaf of leaves) {
    const data = Array.from({ length: sizeOf(leaf.shape) }, draw)
    values.set(leaf, { shape: leaf.shape, data })
  }
  domain.seen.ties = false
  domain.seen.kinks = false
  const world: World<T> = {
    network,
    domain,
    budget,
    interpreter,
    values,
    variable,
    reading: options.reading,
    choices: { choose: () => 0 },
  }
  for (const assumption of options.assumptions ?? []) enforce(assumption, world)
  return world
}

/** The claim at a point, its shapes settled. */
export const claimAt = <T>(claim: ResolvedClaim, world: World<T>): EvaluatedClaim<T> =>
  withChoices((choose) => evaluateClaim(claim, { ...world, choices: { choose } }))

/** Only the leaves: what is computed from them is computed anew. */
const leavesOnly = <T>(world: World<T>): Map<Node, Tensor<T>> =>
  new Map([...world.values].filter(([node]) => node.op.traits?.leaf))

/**
 * Changes the point so that an assumption holds: an equation is solved for an entry in which it is
 * linear. @throws ConcreteError where it is not; PoleError where an inequality does not hold here
 */
const enforce = <T>(assumption: ResolvedClaim, world: World<T>): void => {
  if (assumption.relations.some((relation) => relation !== '=')) {
    demandRelations(assumption, world)
    return
  }
  for (const { left, right, difference } of residuesOf(assumption, world)) {
    if (world.domain.compare(left, right) === 0) continue
    solveFor(difference, world)
  }
}

interface Residue<T> {
  readonly left: T
  readonly right: T
  /** left − right at the point of another world. */
  readonly difference: (world: World<T>) => T
}

const residuesOf = <T>(assumption: ResolvedClaim, world: World<T>): Residue<T>[] => {
  const read = (at: World<T>) => [...claimAt(assumption, at).entries()]
  return read({ ...world, values: leavesOnly(world) }).map(({ left, right }, k) => ({
    left,
    right,
    difference: (at) => {
      const entry = read(at)[k]!
      return at.domain.add(entry.left, at.domain.negate(entry.right))
    },
  }))
}

/** f linear in an entry: f(x) = f(0) + (f(1) − f(0)) x, tried at a third place. */
const solveFor = <T>(difference: (world: World<T>) => T, world: World<T>): void => {
  const { domain } = world
  const { add, negate, multiply, divide, one, zero } = domain
  for (const [leaf, { shape, data }] of leavesOnly(world))
    for (let at = data.length - 1; at >= 0; at--) {
      const put = (value: T): Tensor<T> => ({
        shape,
        data: data.map((old, k) => (k === at ? value : old)),
      })
      const f = (value: T): T =>
        difference({ ...world, values: leavesOnly(world).set(leaf, put(value)) })
      const start = f(zero)
      const slope = add(f(one), negate(start))
      if (domain.compare(slope, zero) === 0) continue
      const two = add(one, one)
      const straight = add(start, multiply(slope, two))
      if (domain.compare(f(two), straight) !== 0) continue
      const leaves = leavesOnly(world).set(leaf, put(negate(divide(start, slope))))
      world.values.clear()
      for (const [node, value] of leaves) world.values.set(node, value)
      return
    }
  throw new ConcreteError('An assumption that no entry of a leaf can be solved for')
}

const demandRelations = <T>(assumption: ResolvedClaim, world: World<T>): void => {
  const { domain } = world
  const links = { ...assumption, relations: assumption.relations.map(() => '=' as const) }
  for (const { link, left, right } of claimAt(links, world).entries()) {
    const sign = domain.compare(left, right)
    const relation = assumption.relations[link]!
    const holds = relation.startsWith('<') || relation === '≤' ? sign < 0 : sign > 0
    if (!(relation === '≠' ? sign !== 0 : holds))
      throw new PoleError('a point where an assumption does not hold')
  }
}

const mostTries = 40

/**
 * `body` at points until one is usable, and what was met on the way.
 * @throws ConcreteError where no point is
 */
export const atSomePoint = <R>(
  body: () => R,
  excluded: Set<Exclusion>,
  accept: (result: R) => boolean = () => true,
): R => {
  let last: R | undefined
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      last = body()
      if (accept(last)) return last
    } catch (error) {
      if (error instanceof NearTieError) excluded.add('ties')
      else if (error instanceof PoleError) excluded.add('poles')
      else throw error
    }
  }
  if (last !== undefined) return last
  throw new ConcreteError('No point was found without ties, kinks and poles')
}

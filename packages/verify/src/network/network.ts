// What a claim may speak of: the nodes of a recorded graph by name, in a copy that verification may
// add derivatives to. No claim is read here.
import { type ArrayName, type Graph, type Node, ops, topologicalOrder } from '@backprove/graph'
import { greek } from '../language/lexicon.ts'
import { inOneHand } from '../language/read/tokens/normalise.ts'
import type { Scope, ScopeName } from '../language/resolved.ts'
import { asRecorded, copyGraph } from './copy.ts'
import { reaches } from './reaches.ts'
import { type Roles, rolesOf } from './roles.ts'

export interface Network {
  readonly cost: Node
  readonly graph: Graph
  /** By bare name. */
  readonly nodes: ReadonlyMap<string, Node>
  readonly scope: Scope
}

/** The axes of a node that its name's letters stand for; all of them without letters. */
const visibleAxes = (node: Node, axes: ArrayName['axes']): readonly number[] =>
  axes ?? [...node.shape.keys()]

const scopeName = (
  node: Node,
  { bare, letters, axes, ...named }: ArrayName,
  inCost: ReadonlySet<Node>,
  roles: Roles,
): ScopeName => {
  const shape = visibleAxes(node, axes).map((axis) => node.shape[axis]!)
  const role = node.op.traits?.leaf ? 'leaf' : inCost.has(node) ? 'interior' : 'beside'
  const { base, tag, isBelow } = letters.length > 0 ? unbracketed(named) : tagged(named)
  const standardises = roles.standardised.get(node)
  const namesOf = (nodes: readonly Node[]) =>
    nodes.flatMap((each) => each.graph.namesOf(each).map((name) => name.bare))
  const activates = roles.activates.get(node)
  const after = roles.after.get(node)
  const predicts = roles.predictions.get(node)
  return {
    name: bare,
    base: inOneHand(base),
    tag,
    letters,
    rank: shape.length,
    shape,
    role,
    ...(isBelow && { isBelow }),
    ...(node.op === ops.parameter && { isParameter: true }),
    ...(roles.activated.has(node) && { activated: true }),
    ...(activates && { activates: namesOf([activates]) }),
    ...(after && { after: namesOf(after) }),
    ...(roles.pooled.has(node) && { pooled: true }),
    ...(standardises !== undefined && { standardises }),
    ...(predicts && { predicts }),
    ...(node.op === ops.argmax && { isPlace: true }),
  }
}

/**
 * h_1 and W_hx, which are literal names, have their tag below, logit^{(1)} above; W^{[2]} has it in
 * brackets.
 */
const tagged = ({ base, tag }: { base: string; tag: string }) => {
  if (!/[\^_]/.test(base)) return unbracketed({ base, tag })
  const below = /^(\p{L}\p{M}*)_\{?([\p{L}\d]+(?:[+-]\d+)?)\}?$/u.exec(base)
  if (below && tag === '') return { base: below[1]!, tag: below[2]!, isBelow: true }
  // net_k and net_{h1}: no words of a program, as counts_sum is.
  const word = /^(\p{L}{2,})_(?:\{([\p{L}\d]+)\}|(\p{L}|\d{1,2}))$/u.exec(base)
  if (word && tag === '') return { base: word[1]!, tag: (word[2] ?? word[3])!, isBelow: true }
  // a^h_t and W_x^{(f)}: both are one tag.
  const both =
    /^(\p{L}\p{M}*)([_^])\{?[[(]?(\w+)[\])]?\}?([_^])\{?[[(]?(\w+(?:[+-]\d+)?)[\])]?\}?$/u.exec(
      base,
    )
  if (both && tag === '' && both[2] !== both[4]) {
    const tags = both[2] === '^' ? [both[3], both[5]] : [both[5], both[3]]
    return { base: both[1]!, tag: tags.join(), isBelow: true }
  }
  const above = /^(\p{L}{2,})\^\{?[[(]?([\p{L}\d]+(?:[+-]\d+)?)[\])]?\}?$/u.exec(base)
  if (above && tag === '') return { base: above[1]!, tag: above[2]!, isBelow: false }
  return unbracketed({ base, tag })
}

const unbracketed = ({ base, tag }: { base: string; tag: string }) => ({
  base,
  tag: tag.replace(/^[[(](.*)[\])]$/, '$1'),
  isBelow: false,
})

/** Letters that mean something without the graph: the cost, e, I, transposes, differentials. */
const hasMeaning: ReadonlySet<string> = new Set([...'CJLEeITdDδσπ'])

/**
 * W2 is W^{(2)} and W_2 as well, where nothing is called W: a layer's number stands beside its
 * letter, above or below, as every author likes. σ2 is σ², the variance. In programs W_2 is W2.
 */
const numbered = (names: readonly ScopeName[]): ScopeName[] =>
  names.flatMap((each) => {
    const asWord = each.base + each.tag
    const isBelow = each.isBelow && /^\p{L}$/u.test(each.base) && /^\d{1,3}$/.test(each.tag)
    if (isBelow && !hasMeaning.has(each.base) && !names.some(({ base }) => base === asWord)) {
      const { isBelow: _, ...plain } = each
      return [{ ...plain, base: asWord, tag: '' }]
    }
    // σ2_B is σ2, of the batch.
    const [, letters, tag] =
      (/\d(?:_B)?$/.test(each.base) &&
        /^(\p{L}\p{M}*|[A-Za-z]+)(\d{1,3})(?:_B)?$/u.exec(each.base)) ||
      []
    // sigma2 is σ2 in a word.
    const base = letters && [...letters.normalize('NFC')].length > 1 ? greek.get(letters) : letters
    const isMeant = hasMeaning.has(base ?? '') && !(base === 'σ' && tag === '2')
    if (!base || !tag || each.tag !== '' || isMeant) return []
    const isTaken = names.some((other) => other.base === base || other.base === letters)
    return isTaken ? [] : [{ ...each, base, tag }]
  })

const none: ReadonlySet<Node> = new Set()

/** Letters that stand for sizes, by the axis of an array that they are the length of. */
export type SizeLetters = NonNullable<Scope['sizes']>

/**
 * Every name of the cost's graph. A lettered array has the axes of its letters only: `[3,1,3,3]`
 * lettered kij is an array of rank 3. Names that the cost does not depend on are there too (y of
 * logits z and cost crossEntropy(z, t)).
 */
export const scopeOf = (cost: Node, sizes?: SizeLetters): Scope => {
  const { graph } = cost
  const inCost = new Set(topologicalOrder([cost]))
  const roles = rolesOf(cost)
  const names = [...graph.named].flatMap(([bare, node]) => {
    const name = graph.namesOf(node).find((each) => each.bare === bare)
    return name ? [scopeName(node, name, inCost, roles)] : []
  })
  return {
    names: [...names, ...numbered(names)],
    slides: roles.slides,
    multiplies: roles.multiplies,
    hasSigmoid: roles.hasSigmoid,
    hasRowVectors: roles.hasRowVectors,
    crosses: roles.crosses,
    ...(roles.stride !== undefined && { stride: roles.stride }),
    ...(roles.window !== undefined && { window: roles.window }),
    ...(roles.tiles !== undefined && { tiles: roles.tiles }),
    ...(roles.functions.size > 0 && { functions: roles.functions }),
    ...(cost.name !== undefined && { costName: cost.name }),
    isMadeOf: (name, of) => {
      const [made, from] = [graph.named.get(name), graph.named.get(of)]
      return made !== undefined && from !== undefined && made !== from && reaches(made, from, none)
    },
    ...(sizes && { sizes }),
  }
}

/** The network of a cost, in the graph that it is in. */
export const describe = (cost: Node, sizes?: SizeLetters): Network => ({
  cost,
  graph: cost.graph,
  nodes: cost.graph.named,
  scope: scopeOf(cost, sizes),
})

/** The network of a cost, in a graph of its own. */
export const networkOf = (cost: Node, sizes?: SizeLetters): Network =>
  describe(copyGraph(cost), sizes)

/** The network of a copy at other lengths, beside what was recorded. */
export const networkBeside = (copy: Node, { scope }: Network): Network => {
  const network = describe(copy, scope.sizes)
  const recorded = new Map(scope.names.map(({ name, shape }) => [name, shape]))
  const names = network.scope.names.map((each) => {
    const shape = recorded.get(each.name)
    return shape ? { ...each, recorded: shape } : each
  })
  return { ...network, scope: { ...network.scope, names } }
}

/** The cost in a graph whose constants have names, for a formula that speaks of K^{(17)}. */
export const withConstants = (cost: Node, formula: string): Node =>
  /[Kκ]\s*\^\s*\{?\s*\(|\\kappa/.test(formula)
    ? copyGraph(cost, { ...asRecorded, namesConstants: true })
    : cost

/** Inputs and parameters of the network, in the order in which they were recorded. */
export const leavesOf = ({ nodes }: Network): Node[] =>
  [...new Set(nodes.values())]
    .filter(({ op }) => op.traits?.leaf && op !== ops.constant)
    .sort((a, b) => a.id - b.id)

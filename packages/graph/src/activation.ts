// A user's activation from a formula: parsed by mathjs (never evaluated), recorded as ops, and
// remembered as one function so that readers and provers can call it by its name.
import { type MathNode, parse } from 'mathjs'
import { FormulaError } from './errors.ts'
import { Node } from './node.ts'
import type { Operand } from './operand.ts'
import { abs } from './ops/abs.ts'
import { add } from './ops/add.ts'
import { div } from './ops/div.ts'
import { elu } from './ops/elu.ts'
import { equal } from './ops/equal.ts'
import { exp } from './ops/exp.ts'
import { greater } from './ops/greater.ts'
import { identity } from './ops/identity.ts'
import { less } from './ops/less.ts'
import { log } from './ops/log.ts'
import { maximum } from './ops/maximum.ts'
import { minimum } from './ops/minimum.ts'
import { mul } from './ops/mul.ts'
import { neg } from './ops/neg.ts'
import { pow } from './ops/pow.ts'
import { leakyRelu, relu } from './ops/relu.ts'
import { sigmoid } from './ops/sigmoid.ts'
import { sign } from './ops/sign.ts'
import { softplus } from './ops/softplus.ts'
import { sqrt } from './ops/sqrt.ts'
import { square } from './ops/square.ts'
import { sub } from './ops/sub.ts'
import { broadcastTo } from './ops/sum.ts'
import { tanh } from './ops/tanh.ts'
import { where } from './ops/where.ts'

const MAX_CHARACTERS = 1000
const MAX_DEPTH = 64
const MAX_NODES = 500
const NAME = /^[\p{L}][\p{L}\p{N}]{0,31}$/u

type Build = (x: Node) => Operand
type Combine = (...operands: Node[]) => Node

const UNARY: Readonly<Record<string, Combine>> = {
  exp,
  log,
  ln: log,
  sqrt,
  square,
  abs,
  sign,
  sigmoid,
  tanh,
  relu,
  softplus,
  identity,
  elu: (x) => elu(x!),
  leakyRelu: (x) => leakyRelu(x!),
  neg,
} as Record<string, Combine>
const BINARY: Readonly<Record<string, Combine>> = {
  max: maximum,
  min: minimum,
  maximum,
  minimum,
  pow,
} as Record<string, Combine>

const not = (x: Node): Node => sub(1, x)
const OPERATORS: Readonly<Record<string, Combine>> = {
  add,
  subtract: sub,
  multiply: mul,
  divide: div,
  unaryMinus: neg,
  unaryPlus: (x: Node) => x,
  larger: greater,
  smaller: less,
  equal,
  largerEq: (a: Node, b: Node) => not(less(a, b)),
  smallerEq: (a: Node, b: Node) => not(greater(a, b)),
  unequal: (a: Node, b: Node) => not(equal(a, b)),
} as Record<string, Combine>
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E }

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/**
 * A function of one array, x, from a formula: `activation('swish', 'x / (1 + exp(-x))')`.
 * The formula may use numbers, x, pi, e, + − * / ^, comparisons, `condition ? a : b`, and
 * exp log sqrt square abs sign max min sigmoid tanh relu leakyRelu elu softplus.
 * @throws FormulaError where the formula is anything else, naming what was not understood
 */
export function activation(name: string, formula: string): (x: Node) => Node {
  if (typeof name !== 'string' || !NAME.test(name)) {
    refuse(String(formula), 'the name must be letters and digits, at most 32 of them')
  }
  const build = read(formula)
  return (x) => {
    if (!(x instanceof Node)) return refuse(formula, `${name} takes a node`)
    const made = x.graph.recordingHere(() => broadcastTo(asNode(build(x), x), x.shape))
    // A formula that is x itself, or a bare constant, still has to be a node of its own.
    const out = made === x || made.op.traits?.leaf ? identity(made) : made
    x.graph.registerApplication(out, { name, formula, argument: x })
    return out
  }
}

function read(formula: string): Build {
  if (typeof formula !== 'string' || formula.trim() === '') refuse(String(formula), 'it is empty')
  if (formula.length > MAX_CHARACTERS) {
    refuse(`${formula.slice(0, 40)}…`, `it is longer than ${MAX_CHARACTERS} characters`)
  }
  // Before parsing: the parser recurses.
  if (nesting(formula) > MAX_DEPTH) refuse(formula, `it nests deeper than ${MAX_DEPTH}`)
  let tree: MathNode
  try {
    tree = parse(formula)
  } catch (error) {
    return refuse(formula, (error as Error).message)
  }
  return translate(tree, formula, { nodes: 0 })
}

/**
 * No less than how deep the parser goes: brackets that are open at once, and beside them all
 * signs that it recurses on, wherever they stand.
 */
function nesting(formula: string): number {
  let open = 0
  let deepest = 0
  for (const sign of formula) {
    if ('([{'.includes(sign)) deepest = Math.max(deepest, ++open)
    else if (')]}'.includes(sign)) open--
  }
  // A run of signs, or powers and conditions that nest to the right.
  const chains = formula.match(/[-+~!]{2,}|[\^?]/g) ?? []
  return chains.reduce((depth, chain) => depth + chain.length, deepest)
}

/** The parts of mathjs's nodes that are read here; everything else is refused. */
interface Tree {
  readonly type: string
  readonly value?: unknown
  readonly name?: string
  readonly fn?: string | { name?: string }
  readonly args?: Tree[]
  readonly content?: Tree
  readonly condition?: Tree
  readonly trueExpr?: Tree
  readonly falseExpr?: Tree
}

function translate(node: MathNode | Tree, formula: string, count: { nodes: number }): Build {
  const tree = node as Tree
  if (++count.nodes > MAX_NODES) refuse(formula, `it has more than ${MAX_NODES} parts`)
  const part = (inner: Tree) => translate(inner, formula, count)
  switch (tree.type) {
    case 'ParenthesisNode':
      return part(tree.content!)
    case 'ConstantNode': {
      const { value } = tree
      if (typeof value !== 'number') return refuse(formula, `${String(value)} is not a number`)
      return () => value
    }
    case 'SymbolNode': {
      if (tree.name === 'x') return (x) => x
      const value = own(CONSTANTS, tree.name!)
      return value === undefined ? refuse(formula, `it may not use "${tree.name}"`) : () => value
    }
    case 'ConditionalNode': {
      const [condition, yes, no] = [tree.condition!, tree.trueExpr!, tree.falseExpr!].map(part)
      return (x) => where(asNode(condition!(x), x), asNode(yes!(x), x), asNode(no!(x), x))
    }
    case 'OperatorNode':
      return operator(tree, formula, tree.args!.map(part))
    case 'FunctionNode': {
      const name = typeof tree.fn === 'string' ? tree.fn : tree.fn?.name
      const operands = tree.args!.map(part)
      const combine = own(operands.length === 1 ? UNARY : BINARY, String(name))
      if (!combine || operands.length > 2) {
        return refuse(formula, `it may not use ${name}(…) with ${operands.length} operands`)
      }
      return combined(combine, operands)
    }
    default:
      return refuse(formula, `it may not contain a ${tree.type}`)
  }
}

function operator(tree: Tree, formula: string, operands: Build[]): Build {
  const name = String(tree.fn)
  if (name === 'pow') {
    const [base, exponent] = operands
    return (x) => {
      const n = exponent!(x)
      const a = base!(x)
      if (typeof n === 'number' && typeof a === 'number') return a ** n
      return typeof n === 'number' ? pow(a, n) : pow(asNode(a, x), n)
    }
  }
  const combine = own(OPERATORS, name)
  return combine ? combined(combine, operands) : refuse(formula, `it may not use ${name}`)
}

/** At least one operand becomes a node, so that constants fold into the graph like any other. */
const combined =
  (combine: Combine, operands: readonly Build[]): Build =>
  (x) => {
    const values = operands.map((operand) => operand(x))
    return combine(...values.map((value, k) => (k === 0 ? asNode(value, x) : (value as Node))))
  }

const asNode = (value: Operand, x: Node): Node =>
  value instanceof Node ? value : x.graph.constant(value)

function refuse(formula: string, why: string): never {
  throw new FormulaError(`activation: cannot read "${formula}": ${why}`)
}

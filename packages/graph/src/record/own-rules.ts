// The rules of an op of one's own, held against its line: an op has both from whoever wrote it, and
// nothing else would notice that they differ. Where a gradient first asks a rule, it is compared
// with the mechanical adjoint of the line in a small application: at a few numbers, and beside and
// beyond those that the line names, where it may have another piece.
import { GradError } from '../errors.ts'
import { evaluate } from '../evaluate.ts'
import {
  adjointLine,
  type Expression,
  evaluateLine,
  formatLine,
  type Values,
} from '../notation/index.ts'
import { children, nodes } from '../notation/traverse.ts'
import { sumTo } from '../ops/reduction/sum.ts'
import { formatShape, type Shape, sameShape, sizeOf } from '../shape.ts'
import { Graph } from './graph.ts'
import { axisLetters, bindAxes, shapesOf } from './infer-shape.ts'
import { instanceOf, lineOf } from './line-of.ts'
import type { Node, Op, VjpRule } from './node.ts'
import { operandNames } from './op.ts'
import type { Shapes } from './op-parts.ts'

type Rule = VjpRule<string, object>

/** An application with more entries is looked at in a smaller one. */
const MOST_ENTRIES = 200
/** Options in which rules are looked at, for one op: what it costs is bounded. */
const MOST_CHECKS = 24
const TOLERANCE = 1e-6

/**
 * The same rules, each compared with the line of `op()` when it is first asked, in each of its
 * options and ranks. @throws GradError there, at a rule that says something else
 */
export function checkedRules(rules: Op['vjp'], op: () => Op): Op['vjp'] {
  const seen = new Set<string>()
  return Object.fromEntries(
    Object.entries(rules).map(([letter, rule]) => {
      if (typeof rule !== 'function') return [letter, rule]
      const checked: Rule = (g, args, params, out, operand) => {
        const ranks = out.args.map(({ shape }) => shape.length)
        const key = `${operand} ${ranks} ${JSON.stringify(params)}`
        if (!seen.has(key) && seen.size < MOST_CHECKS) {
          seen.add(key)
          const wrong = disagreement(op(), rule, out, operand)
          if (wrong !== undefined) {
            seen.delete(key)
            throw new GradError(wrong, out.source)
          }
        }
        return rule(g, args, params, out, operand)
      }
      return [letter, checked]
    }),
  )
}

/** What a rule and the line say differently, as a sentence; undefined where they agree. */
function disagreement(op: Op, rule: Rule, out: Node, operand: string): string | undefined {
  const shapes = out.args.map(({ shape }) => shape)
  const own = shapes.reduce((sum, shape) => sum + sizeOf(shape), sizeOf(out.shape))
  const tried = own <= MOST_ENTRIES ? shapes : smallerShapes(op, out)
  for (const numbers of [mixed, positive, ...beyond(numbersIn(out), tried)]) {
    const wrong = comparison(op, rule, out.params, tried, operand, numbers)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

/** Undefined too where nothing can be said: an op may refuse the shapes, a line the numbers. */
function comparison(
  op: Op,
  rule: Rule,
  params: object,
  shapes: readonly Shape[],
  operand: string,
  numbers: Numbers,
): string | undefined {
  const at = attempt(() => application(op, rule, params, shapes, operand, numbers))
  if (at === undefined) return undefined
  const { node, given, byRule, byLine } = at
  const sizes = byLine.map((value) => (Number.isFinite(value) ? Math.max(1, Math.abs(value)) : 1))
  const largest = Math.max(...sizes)
  const entry = byLine.findIndex((value, k) => {
    const apart = Math.abs(value - byRule[k]!)
    const scale = op.traits?.elementwise ? sizes[k]! : largest
    return Number.isFinite(apart) && apart > TOLERANCE * scale
  })
  if (entry < 0) return undefined
  const line = formatLine(lineOf(node))
  const where = Object.entries(given).map(([letter, { shape, data }]) => {
    return `${letter} ${formatShape(shape)} = ${[...data].slice(0, 4).map(short).join(', ')}`
  })
  return (
    `${op.name}: the rule of ${operand} is not the derivative of the line, which reads ${line}. ` +
    `At ${where.join('; ')}${where.join().length > 90 ? ' …' : ''}, entry ${entry + 1} is ` +
    `${short(byRule[entry]!)} by the rule and ${short(byLine[entry]!)} by the line. A rule that is ` +
    'no derivative on purpose is said by traits: { surrogate: true }'
  )
}

function application(
  op: Op,
  rule: Rule,
  params: object,
  shapes: readonly Shape[],
  operand: string,
  numbers: Numbers,
) {
  const graph = new Graph()
  const letters = operandNames(op, shapes.length)
  const leaves = shapes.map((shape, k) => graph.input(letters[k]!, shape))
  const args = Object.fromEntries(letters.map((letter, k) => [letter, leaves[k]!]))
  const node = graph.record(op, leaves, params)
  const given: Record<string, Values> = {}
  for (const [k, letter] of letters.entries()) {
    const isFixed = op.vjp[op.traits?.variadic ? 'operand' : letter] === null
    given[letter] = {
      shape: shapes[k]!,
      data: (isFixed ? (numbers.ofFixed ?? places) : numbers.of)(shapes[k]!, k),
    }
  }
  const cotangent = graph.input('cotangent', node.shape)
  const γ: Values = { shape: node.shape, data: mixed.of(node.shape, letters.length) }
  const pulled = rule(cotangent, args, params, node, operand)
  const target = args[operand]!
  const summed = op.traits?.elementwise ? sumTo(pulled, target.shape) : pulled
  if (!sameShape(summed.shape, target.shape)) return undefined
  const values = Object.fromEntries(letters.map((letter) => [letter, given[letter]!.data]))
  const byRule = evaluate(summed, { ...values, cotangent: γ.data })
  const adjoint = adjointLine(instanceOf(node), operand, { cotangent: 'γ' })
  const byLine = evaluateLine(adjoint, {
    operands: { ...given, γ },
    symbols: {},
    shape: target.shape,
  })
  return { node, given, byRule, byLine: [...byLine] }
}

type Draw = (shape: Shape, which: number) => Float64Array
/** What operands are fed; `ofFixed`: those that no derivative flows to, places without it. */
interface Numbers {
  readonly of: Draw
  readonly ofFixed?: Draw
}

/** Of no two of one size, none near 0: no kink and no tie is met. */
const spread = (shape: Shape, which: number): number[] =>
  Array.from({ length: sizeOf(shape) }, (_, k) => sizeAt(k, which))
const sizeAt = (k: number, which: number): number =>
  0.2 + 1.3 * ((0.754877666246693 * (k + 1) + 0.569840290998053 * which) % 1)
const mixed: Numbers = {
  of: (shape, which) =>
    Float64Array.from(spread(shape, which), (size, k) =>
      (k * 7 + which * 3) % 5 < 2 ? -size : size,
    ),
}
const positive: Numbers = { of: (shape, which) => Float64Array.from(spread(shape, which)) }
/** For what no derivative flows to: conditions, or places. */
const places: Draw = (shape) => Float64Array.from({ length: sizeOf(shape) }, (_, k) => (k + 1) % 2)

/** How far from 0. */
const FAR = [1 / 16, 1, 16, 256, 4096] as const
const MOST_NUMBERS = 6

/** Each entry of each operand beside every number, and far away: what a line does there. */
function beyond(named: readonly number[], shapes: readonly Shape[]): Numbers[] {
  const bases = [...new Set(named.flatMap((c) => [c, -c, 1 / c, -1 / c]))]
  const steps = [
    ...bases.flatMap((base) => [[base, 1] as const, [base, Math.abs(base) / 8] as const]),
    ...FAR.map((scale) => [0, scale] as const),
  ].flatMap(([base, scale]) => [[base, scale] as const, [base, -scale] as const])
  const { length } = steps
  const fewest = Math.max(1, Math.min(...shapes.map(sizeOf)))
  const count = Math.min(length, Math.max(4, Math.ceil((4 * length) / fewest)))
  return Array.from({ length: count }, (_, round) => {
    const of: Draw = (shape, which) =>
      Float64Array.from({ length: sizeOf(shape) }, (_entry, k) => {
        const [base, scale] = steps[(round * (2 * which + 1) + k * (5 + 2 * which)) % length]!
        return base + scale * sizeAt(k + round, which)
      })
    return round % 2 === 0 ? { of } : { of, ofFixed: of }
  })
}

/** The numbers that a line names, 1/100 among them. */
function numbersIn(out: Node): number[] {
  const all = [...nodes(instanceOf(out).body)].map(numberOf)
  const found = all.filter((value) => value !== undefined && Number.isFinite(value) && value !== 0)
  return [...new Set(found.map((value) => Math.abs(value!)))].slice(0, MOST_NUMBERS)
}

function numberOf(part: Expression): number | undefined {
  if (part.kind === 'number') return part.value
  if (part.kind !== 'quotient' && part.kind !== 'power') return undefined
  const [a, b] = children(part).map(numberOf)
  if (a === undefined || b === undefined) return undefined
  return part.kind === 'quotient' ? a / b : a ** b
}

/** The operands with axes of a few entries, equal letters equal. */
function smallerShapes(op: Op, { args, params }: Node): Shape[] {
  const shapes: Shapes = shapesOf(op, args)
  const binding = bindAxes(op, shapes, params)
  const letters = axisLetters(op, shapes, params)
  const order = typeof binding === 'string' ? [] : Object.keys(binding.sizes)
  const small = (length: number, place: number): number => Math.min(length, 2 + (place % 3))
  return Object.entries(shapes).map(([name, shape]) => {
    const own = letters[name]!
    const packAt = own.indexOf('…')
    const behind = packAt < 0 ? 0 : own.length - 1 - packAt
    return shape.map((length, axis) => {
      const isBehind = packAt < 0 || axis >= shape.length - behind
      const letter = isBehind ? own[own.length - (shape.length - axis)] : own[axis]
      const fromEnd = shape.length - behind - 1 - axis
      if (!isBehind && axis >= packAt) return small(length, fromEnd)
      return small(length, 1 + order.indexOf(letter!))
    })
  })
}

const short = (value: number): string => String(Number(value.toPrecision(6))).replace('-', '−')

function attempt<T>(body: () => T): T | undefined {
  try {
    return body()
  } catch {
    return undefined
  }
}

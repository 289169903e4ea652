// The rules of an op of one's own, held against its line: an op has both from whoever wrote it, and
// nothing else would notice that they differ. Where a gradient first asks a rule, it is compared
// with the mechanical adjoint of the line in a small application.
import { GradError } from '../errors.ts'
import { evaluate } from '../evaluate.ts'
import { adjointLine, evaluateLine, formatLine, type Values } from '../notation/index.ts'
import { sumTo } from '../ops/reduction/sum.ts'
import { formatShape, type Shape, sameShape } from '../shape.ts'
import { Graph } from './graph.ts'
import { instanceOf, lineOf } from './line-of.ts'
import type { Node, Op, VjpRule } from './node.ts'
import { operandNames } from './op.ts'
import { attempt, drawOf, lookedAt, mixed, type Numbers, short } from './own-numbers.ts'
import { sameParams } from './same-node.ts'

type Rule = VjpRule<string, object>

/** Options in which rules are looked at, for one op: what it costs is bounded. */
const MOST_CHECKS = 24
const TOLERANCE = 1e-6

/**
 * The same rules, each compared with the line of `op()` when it is first asked, in each of its
 * options and ranks. @throws GradError there, at a rule that says something else
 */
export function checkedRules(rules: Op['vjp'], op: () => Op): Op['vjp'] {
  const isNew = firstTime()
  return Object.fromEntries(
    Object.entries(rules).map(([letter, rule]) => {
      if (typeof rule !== 'function') return [letter, rule]
      const checked: Rule = (g, args, params, out, operand) => {
        isNew(out, operand, () => demandRule(op(), rule, out, operand))
        return rule(g, args, params, out, operand)
      }
      return [letter, checked]
    }),
  )
}

/** @throws GradError where a rule and the line differ */
export function demandRule(op: Op, rule: Rule, out: Node, operand: string): void {
  const [shapes, all] = lookedAt(out)
  for (const numbers of all) {
    const wrong = comparison(op, rule, out.params, shapes, operand, numbers)
    if (wrong !== undefined) throw new GradError(wrong, out.source)
  }
}

/** A look at each of the first options and ranks of an op, again where it failed. */
export function firstTime() {
  const seen: { readonly key: string; readonly params: object }[] = []
  return ({ args, params }: Node, which: string, look: () => void): void => {
    const key = `${which} ${args.map(({ shape }) => shape.length)}`
    const isSeen = seen.some((each) => each.key === key && sameParams(each.params, params))
    if (isSeen || seen.length >= MOST_CHECKS) return
    seen.push({ key, params })
    try {
      look()
    } catch (error) {
      seen.pop()
      throw error
    }
  }
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
    given[letter] = { shape: shapes[k]!, data: drawOf(op, k, numbers)(shapes[k]!, k) }
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

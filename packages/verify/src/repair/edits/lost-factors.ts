// A factor that a term has lost, or has too much: one that the formula has elsewhere, or a number
// of the graph; and a factor with another root or exponent.
import { rational } from '../../language/rational.ts'
import type { Expression, Rational } from '../../language/syntax.ts'
import { childNodes } from '../../language/walk.ts'
import {
  brief,
  call,
  hadamard,
  insteadOf,
  integer,
  negated,
  numeral,
  plus,
  quoted,
  times,
  timesAfter,
  without,
} from '../build.ts'
import { type EditContext, everywhere, type Rewrite } from '../edit.ts'
import { nameOf } from '../roles.ts'
import type { Site } from '../sites.ts'
import { arraysLike } from './missing-terms.ts'

const most = 24
const mostNumbers = 4

/** Values that stand as factors somewhere: names, applications, brackets, and what divides. */
const factorsIn = (node: Expression): readonly Expression[] => {
  const inside = childNodes<Expression>(node).flatMap(factorsIn)
  const own =
    node.kind === 'product' ? node.factors : node.kind === 'hadamard' ? [node.left, node.right] : []
  const isValue = ({ kind }: Expression) => ['name', 'application', 'addition'].includes(kind)
  return [...own.filter(isValue), ...inside]
}

/** γ, 1/T, 1/m and 1/5: numbers of the graph, and its lengths. */
const numbersIn = ({ scope }: EditContext): readonly Expression[] => {
  const leaves = scope.names.filter(({ role, rank }) => role === 'leaf' && rank === 0)
  const numbers = leaves.slice(0, mostNumbers).flatMap((each) => nameOf(each) ?? [])
  const lengths = (scope.sizes ?? []).slice(0, mostNumbers)
  const span = { start: 0, end: 0 }
  const sizes = lengths.map(
    ({ name }): Expression => ({ kind: 'name', base: name, primes: 0, span }),
  )
  // Of a length that has no letter too.
  const unnamed = [...new Set(scope.names.flatMap(({ shape }) => shape))].filter((n) => n > 1)
  const plain = [...sizes, ...unnamed.slice(0, mostNumbers).map(integer)]
  const roots = plain.map((each) => call('sqrt', each))
  const others = numbers.map((each): Expression => plus(integer(1), negated(each)))
  const parts = [...numbers, ...plain, ...others, ...roots].map(
    (denominator): Expression => ({ kind: 'quotient', numerator: integer(1), denominator, span }),
  )
  return [...numbers, ...parts]
}

/** A side, or a term of any sum: there a product ends. */
const isTerm = ({ node, side, position, parents }: Site): boolean =>
  side > 0 &&
  position === 'value' &&
  (parents.length === 0 ||
    (node.kind !== 'numeral' && ['addition', 'reduction'].includes(parents.at(-1)!.kind)))

const isNumber = (node: Expression, numbers: readonly Expression[]) => numbers.includes(node)

/** 1/N before all others, 2/N for 2. */
const inFront = (factor: Expression, node: Expression): Expression => {
  if (factor.kind !== 'quotient') return timesAfter(node, factor)
  if (node.kind === 'negation') return { ...node, operand: inFront(factor, node.operand) }
  const [first, ...rest] = node.kind === 'product' ? node.factors : [node]
  if (first?.kind !== 'numeral' || first.value.denominator !== 1n) return times(factor, node)
  const share = { ...factor, numerator: first }
  return rest.length > 0 ? { kind: 'product', factors: [share, ...rest], span: node.span } : share
}

const lost: Rewrite = everywhere((site, claim, context) => {
  if (!isTerm(site) || claim.program) return []
  const { node } = site
  const numbers = numbersIn(context)
  const isBracket = node.kind === 'addition'
  const own = isBracket ? [] : claim.operands.slice(1).flatMap(factorsIn)
  const all = new Map([...own, ...numbers].map((factor) => [quoted(factor), factor]))
  const first = [...all.values()].slice(0, most)
  for (const array of isBracket ? [] : arraysLike(site, claim, context))
    all.set(quoted(array), array)
  const others = [...all.values()].filter((factor) => !first.includes(factor))
  return [...first, ...others.slice(0, most)].flatMap((factor) => {
    const message = `A factor is missing: ${quoted(factor)} beside ${brief(node)}.`
    const all = isNumber(factor, numbers)
      ? [inFront(factor, node)]
      : [timesAfter(node, factor), hadamard(node, factor)]
    return all.map((right) => [right, message] as const)
  })
})

const extra: Rewrite = everywhere(({ node, side, position, parents }, claim) => {
  if (side <= 0 || position !== 'value') return []
  // 1/N is dropped as a factor.
  const isShare = node.kind === 'quotient' && quoted(node.numerator) === '1'
  if (isShare && parents.at(-1)?.kind === 'product') return []
  if (node.kind === 'quotient' && !(claim.program && node.numerator.kind === 'numeral'))
    return [
      [
        node.numerator,
        `The divisor ${brief(node.denominator)} does not belong here: drop it.`,
      ] as const,
    ]
  if (node.kind === 'hadamard' || (node.kind === 'star' && node.operation === 'bare'))
    return [
      [node.left, `The factor ${brief(node.right)} does not belong here: drop it.`],
      [node.right, `The factor ${brief(node.left)} does not belong here: drop it.`],
    ]
  if (node.kind !== 'product') return []
  return node.factors.flatMap((factor, at) =>
    factor.kind === 'numeral'
      ? []
      : [
          [
            without(node, at),
            `The factor ${brief(factor)} does not belong here: drop it.`,
          ] as const,
        ],
  )
})

const isRoot = (node: Expression | undefined): boolean =>
  node?.kind === 'call' && node.word === 'sqrt'

/** 1/d for 1/√d, and √d for d. */
const roots: Rewrite = everywhere(({ node, side, position, parents }) => {
  if (side <= 0 || position !== 'value') return []
  if (node.kind === 'call' && node.word === 'sqrt' && node.operands.length === 1) {
    const [inside] = node.operands
    return [[inside!, `There is no root here: ${insteadOf(inside!, node)}.`]]
  }
  const parent = parents.at(-1)
  const isDivisor =
    parent?.kind === 'quotient' ||
    (parent?.kind === 'product' && parents.at(-2)?.kind === 'quotient')
  if (!isDivisor || isRoot(parent) || node.kind === 'product') return []
  if (node.kind === 'numeral' && node.text === '1') return []
  const right = call('sqrt', node)
  return [[right, `A root is missing: ${insteadOf(right, node)}.`]]
})

const numberOf = (node: Expression): Rational | undefined => {
  if (node.kind === 'numeral') return node.value
  if (node.kind === 'negation') {
    const inner = numberOf(node.operand)
    return inner && rational(-inner.numerator, inner.denominator)
  }
  if (node.kind !== 'quotient') return undefined
  const [above, below] = [numberOf(node.numerator), numberOf(node.denominator)]
  if (!above || !below || below.numerator === 0n) return undefined
  return rational(above.numerator * below.denominator, above.denominator * below.numerator)
}

/** 2 of r^2, of an r that has no layers. */
const powerOf = (node: Expression, { names }: EditContext['scope']): number | undefined => {
  const [only, ...others] = (node.kind === 'name' && node.superscript?.parts) || []
  if (node.kind !== 'name' || only?.kind !== 'numeral' || others.length > 0) return undefined
  const own = names.filter(({ base }) => base === node.base)
  const isPower = own.length > 0 && own.every(({ tag }) => tag === '')
  return isPower && /^[2-4]$/.test(only.text) ? Number(only.text) : undefined
}

/** An exponent moved by one or by a half, and with the other sign. */
const exponents: Rewrite = everywhere(({ node, side, position }, _, { scope }) => {
  const square = side > 0 && position === 'value' ? powerOf(node, scope) : undefined
  if (square && node.kind === 'name') {
    const { superscript: _, ...base } = node
    return [square - 1, square + 1].map((size) => {
      const right: Expression =
        size === 1
          ? base
          : { kind: 'power', base, exponent: numeral(rational(BigInt(size))), span: node.span }
      return [right, `The exponent is wrong: ${insteadOf(right, node)}.`] as const
    })
  }
  const written = node.kind === 'power' ? numberOf(node.exponent) : undefined
  if (node.kind !== 'power' || !written || side <= 0 || position !== 'value') return []
  const { numerator, denominator } = written
  const moves = [rational(-1n), rational(1n), rational(-1n, 2n), rational(1n, 2n)]
  const moved = moves.map((by) =>
    rational(numerator * by.denominator + by.numerator * denominator, denominator * by.denominator),
  )
  return [...moved, rational(-numerator, denominator)]
    .filter((each) => each.numerator !== 0n && each.numerator !== each.denominator)
    .map((each) => {
      const size = numeral(each.numerator < 0n ? rational(-each.numerator, each.denominator) : each)
      const right = { ...node, exponent: each.numerator < 0n ? negated(size) : size }
      return [right, `The exponent is wrong: ${insteadOf(right, node)}.`] as const
    })
})

export const factors = { lost, extra, roots, exponents } as const

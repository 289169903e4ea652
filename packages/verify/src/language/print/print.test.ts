// What is printed reads back as the same tree, in both styles.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../plain.fixture.ts'
import { rational } from '../rational.ts'
import { parseClaim, parseFormula } from '../read/claim.ts'
import { resolve } from '../resolve/resolve.ts'
import { ClaimError, type Expression, type Name } from '../syntax.ts'
import { expressionText, printClaim } from './print.ts'

const span = { start: 0, end: 0 }
const numeral = (n: number): Expression => ({
  kind: 'numeral',
  value: rational(BigInt(n)),
  text: `${n}`,
  span,
})

const letters = fc.constantFrom(...'abwxzδσ')
const index: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom(...'ijk').map((base): Name => ({ kind: 'name', base, primes: 0, span })),
  fc.integer({ min: 0, max: 12 }).map(numeral),
)
const name: fc.Arbitrary<Name> = fc
  .record({
    base: letters,
    primes: fc.integer({ min: 0, max: 2 }),
    subscript: fc.option(fc.array(index, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    superscript: fc.option(fc.array(index, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    parenthesised: fc.boolean(),
  })
  .map(({ base, primes, subscript, superscript, parenthesised }) => ({
    kind: 'name',
    base,
    primes,
    ...(superscript && { superscript: { parts: superscript, parenthesised, span } }),
    ...(subscript && { subscript: { parts: subscript, span } }),
    span,
  }))

/** Trees as repairs make them: any kind under any other. */
const { tree } = fc.letrec<{ tree: Expression }>((tie) => {
  const child = tie('tree')
  const some = fc.array(child, { minLength: 2, maxLength: 3 })
  return {
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      name,
      fc.integer({ min: 0, max: 20 }).map(numeral),
      fc.constant<Expression>({ kind: 'numeral', value: rational(1n, 3n), text: '1/3', span }),
      fc.record({ kind: fc.constant('product' as const), factors: some, span: fc.constant(span) }),
      fc.record({ kind: fc.constant('addition' as const), terms: some, span: fc.constant(span) }),
      child.map((operand): Expression => ({ kind: 'negation', operand, span })),
      child.map((operand): Expression => ({ kind: 'transposed', operand, span })),
      fc
        .tuple(child, child)
        .map(([base, exponent]): Expression => ({ kind: 'power', base, exponent, span })),
      fc.tuple(child, child).map(
        ([numerator, denominator]): Expression => ({
          kind: 'quotient',
          numerator,
          denominator,
          span,
        }),
      ),
      fc
        .tuple(child, child)
        .map(([left, right]): Expression => ({ kind: 'hadamard', left, right, span })),
      fc.tuple(child, child, fc.constantFrom('bare', 'correlation', 'convolution')).map(
        ([left, right, operation]): Expression => ({
          kind: 'star',
          operation,
          ...(operation === 'correlation' && { mode: 'full' }),
          left,
          right,
          span,
        }),
      ),
      child.map(
        (operand): Expression => ({ kind: 'call', word: 'rot180', operands: [operand], span }),
      ),
      child.map(
        (operand): Expression => ({ kind: 'call', word: 'floor', operands: [operand], span }),
      ),
      fc.tuple(name, child).map(
        ([head, operand]): Expression => ({
          kind: 'application',
          head,
          operands: [operand],
          bar: false,
          span,
        }),
      ),
      fc
        .tuple(child, index)
        .map(([array, each]): Expression => ({ kind: 'entry', array, indices: [each], span })),
      child.map(
        (body): Expression => ({
          kind: 'reduction',
          operator: 'sum',
          binders: [{ name: 'i', span }],
          conditions: [],
          implicit: false,
          body,
          span,
        }),
      ),
      fc
        .tuple(child, name)
        .map(([of, by]): Expression => ({ kind: 'derivative', of, by: [by], total: false, span })),
    ),
  }
})

/** A first reading flattens what parentheses would not keep apart; from then on nothing changes. */
describe('printing', () => {
  it.each(['text', 'latex'] as const)('%s reads back as the same tree', (style) => {
    fc.assert(
      fc.property(tree, (expression) => {
        const printed = expressionText(expression, style)
        const claim = parseClaim(printed, { style })
        const [read] = claim.operands
        expect(plain(normal(read!)), printed).toEqual(plain(normal(expression)))
        const again = printClaim(claim, style)
        expect(plain(parseClaim(again, { style }).operands), again).toEqual(plain(claim.operands))
      }),
      { numRuns: 200 },
    )
  })
})

/**
 * (1/3) as quotient and as numeral are one; names keep a superscript that a bracket would not; a
 * product of one factor only keeps its bracket.
 */
const normal = (expression: Expression): unknown =>
  JSON.parse(
    JSON.stringify(expression, (_, value) => {
      if (typeof value === 'bigint') return `${value}`
      if (value?.kind === 'product' && value.factors.length === 1) return value.factors[0]
      if (value?.kind === 'quotient') return { ...value, ...foldedQuotient(value) }
      return value
    }),
  )

const foldedQuotient = (node: Extract<Expression, { kind: 'quotient' }>): object => {
  const { numerator: a, denominator: b } = node
  if (a.kind !== 'numeral' || b.kind !== 'numeral' || b.value.numerator === 0n) return {}
  const value = rational(
    a.value.numerator * b.value.denominator,
    a.value.denominator * b.value.numerator,
  )
  return { kind: 'numeral', value, numerator: undefined, denominator: undefined }
}

describe('looking names up', () => {
  it('ends in a tree or a ClaimError, whatever the formula', () => {
    const scope = {
      names: ['a', 'b', 'x', 'z', 'w'].map((base) => ({
        name: base,
        base,
        tag: '',
        letters: ['i', 'j'],
        rank: 2,
        shape: [3, 3],
        role: 'leaf' as const,
      })),
    }
    fc.assert(
      fc.property(tree, tree, (left, right) => {
        try {
          const text = `${expressionText(left, 'text')} = ${expressionText(right, 'text')}`
          for (const claim of parseFormula(text)) resolve(claim, scope)
        } catch (error) {
          expect(error).toBeInstanceOf(ClaimError)
        }
      }),
      { numRuns: 300 },
    )
  })
})

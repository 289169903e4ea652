// Edits around pooling: upsampling, the mean's factor, the indicator of the maximum and its cell.
import { rational } from '../../language/rational.ts'
import type {
  Claim,
  Condition,
  Expression,
  Extremum,
  Name,
  Rational,
} from '../../language/syntax.ts'
import { shifted } from '../affine.ts'
import {
  brief,
  call,
  hadamard,
  insteadOf,
  integer,
  numeral,
  type Of,
  quoted,
  subject,
  times,
  timesAfter,
} from '../build.ts'
import { type EditContext, everywhere, onTerms, type Rewrite } from '../edit.ts'
import { activationsOf, allPooled, isEntry, preActivationsOf } from '../roles.ts'
import type { Site } from '../sites.ts'
import { entryOf } from './entries.ts'
import { dropFactor } from './factors.ts'
import { isArray } from './sliding.ts'

const blockMessage = (right: Expression, wrong: Expression) =>
  `A pooled array has one entry for each window: ${insteadOf(right, wrong)}.`

const upsample: Rewrite = everywhere((site, _, context) => {
  const { windows, scope } = context
  const { node, parents } = site
  const already = parents.some((each) => each.kind === 'call' && each.word === 'up')
  if (isArray(site, context) && !already) {
    const spread = call('up', node)
    return [
      [spread, `The pooled error must be spread over its windows: ${insteadOf(spread, node)}.`],
    ]
  }
  const isIndex = site.position === 'index' || isGuardLetter(site, scope)
  return windows.flatMap((window) => coarser(node, isIndex, window))
})

/** j of [j' = j], which is no array. */
const isGuardLetter = (
  { node, position, parents }: Site,
  { names }: EditContext['scope'],
): boolean => {
  const guard = parents.at(-1)
  const isEqual = (condition: Condition) =>
    condition.kind === 'comparison' && condition.relations.every((sign) => sign === '=')
  return (
    position === 'guard' &&
    guard?.kind === 'iverson' &&
    guard.conditions.every(isEqual) &&
    node.kind === 'name' &&
    !names.some((each) => each.base === node.base && node.primes === 0)
  )
}

/** i → ⌈i/2⌉ in one index, or in all indices of an entry at once. */
const coarser = (
  node: Expression,
  isIndex: boolean,
  window: number,
): readonly (readonly [Expression, string])[] => {
  const ceiling = (index: Expression): Expression =>
    call('ceil', {
      kind: 'quotient',
      numerator: index,
      denominator: integer(window),
      span: index.span,
    })
  const isLetter = (each: Expression): each is Name =>
    each.kind === 'name' && !each.superscript && !each.subscript
  if (isIndex && isLetter(node)) {
    const coarse = ceiling(node)
    return [[coarse, blockMessage(coarse, node)]]
  }
  const entry = entryOf(node)
  const last = entry?.parts.slice(-2) ?? []
  if (!entry || last.length < 2 || !last.every(isLetter)) return []
  const coarse = entry.with([...entry.parts.slice(0, -2), ...last.map(ceiling)])
  return [[coarse, blockMessage(coarse, node)]]
}

const isCeiling = (node: Expression): node is Of<'call'> =>
  node.kind === 'call' && node.word === 'ceil' && node.operands[0]?.kind === 'quotient'

const downsample: Rewrite = everywhere(({ node }) => {
  if (node.kind === 'call' && node.word === 'up')
    return [[node.operands[0]!, `Nothing is spread over windows here: drop ${quoted(node)}.`]]
  const [inner] = isCeiling(node) ? node.operands : []
  return inner?.kind === 'quotient'
    ? [
        [
          inner.numerator,
          `This index counts cells, not windows: ${insteadOf(inner.numerator, node)}.`,
        ],
      ]
    : []
})

/** 1/n, as a numeral or as a quotient of numerals. */
const unitFraction = (node: Expression): number | undefined => {
  if (node.kind !== 'numeral') return undefined
  const { numerator, denominator } = node.value
  return numerator === 1n && denominator > 1n ? Number(denominator) : undefined
}

/** Of one side to the other, whichever is the larger. */
const isRatio = ({ numerator, denominator }: Rational, cells: number): boolean =>
  numerator * BigInt(cells) === denominator || denominator * BigInt(cells) === numerator

const mean = (count: number) => numeral(rational(1n, BigInt(count)))

/** Right after a mean over a window of p × q cells; nothing where a 1/n is there already. */
const addMeanFactor: Rewrite = onTerms(({ node }, _, { windows, ratio }) =>
  windows
    .map((window) => window * window)
    .filter((cells) => !ratio || isRatio(ratio, cells))
    .map((cells) => [
      times(mean(cells), node),
      `Mean pooling divides by its ${cells} cells: 1/${cells} is missing before ${brief(node)}.`,
    ]),
)

const dropMeanFactor: Rewrite = everywhere(
  dropFactor(
    (node) => [4, 9].includes(unitFraction(node) ?? 0),
    (node) => `There is no mean here: drop ${quoted(node)}.`,
  ),
)

const isIndicator = (node: Expression): node is Of<'iverson'> =>
  node.kind === 'iverson' && node.conditions.some((each) => each.kind !== 'comparison')

/** a of δ and of ∂C/∂z, and z itself, in the same scripts. */
const ownIndicated = (about: Name, scope: EditContext['scope']): Name[] =>
  preActivationsOf(about, scope).flatMap((z) => [...activationsOf(z, scope), z])

/** [a = max] in the scripts of the left side, and for whole arrays of every activation. */
const indicators = (claim: Claim, { scope, picks }: EditContext): Expression[] => {
  const about = subject(claim)
  const own = about ? ownIndicated(about, scope) : []
  const known = about && isEntry(about, scope) ? [] : allPooled(scope)
  const operands = [...own, ...known].slice(0, 10)
  return picks.flatMap((which) =>
    operands.map((operand): Expression => {
      const { span } = operand
      return { kind: 'iverson', conditions: [{ kind: 'extremum', which, operand, span }], span }
    }),
  )
}

const addIndicator: Rewrite = onTerms(({ node }, claim, context) =>
  indicators(claim, context).map((indicator) => {
    const about = subject(claim)
    const whole =
      about && isEntry(about, context.scope)
        ? timesAfter(node, indicator)
        : hadamard(node, indicator)
    return [
      whole,
      `Only the cell that won its window has an error: multiply by ${quoted(indicator)}.`,
    ]
  }),
)

const dropIndicator: Rewrite = everywhere(
  dropFactor(isIndicator, (node) => `No cell is picked here: drop ${quoted(node)}.`),
)

const extrema: readonly Extremum[] = ['max', 'min', 'med']

/** Another cell of the window: the largest for the smallest, or the operand's index off by one. */
const otherCell: Rewrite = everywhere(({ node }) => {
  if (!isIndicator(node)) return []
  return node.conditions.flatMap((condition, at) =>
    otherConditions(condition).map((other) => {
      const right = { ...node, conditions: node.conditions.with(at, other) }
      return [right, `The wrong cell of the window is picked: ${insteadOf(right, node)}.`] as const
    }),
  )
})

const otherConditions = (condition: Condition): Condition[] => {
  if (condition.kind !== 'extremum' && condition.kind !== 'first') return []
  const others = extrema
    .filter((which) => which !== condition.which)
    .map((which) => ({ ...condition, which }))
  const { operand } = condition
  if (operand?.kind !== 'name' || !operand.subscript) return others
  const { parts: written, span } = operand.subscript
  const parts = written.flatMap((part) => (part.kind === 'product' ? part.factors : [part]))
  const moved = parts.flatMap((part, at) =>
    [1, -1].map((by) => ({
      ...condition,
      operand: { ...operand, subscript: { parts: parts.with(at, shifted(part, by)), span } },
    })),
  )
  return [...others, ...moved]
}

export const pooling = {
  upsample,
  downsample,
  addMeanFactor,
  dropMeanFactor,
  addIndicator,
  dropIndicator,
  otherCell,
} as const

// Edits of indices: swapped axes, strides, and the direction in which a kernel slides.
import type { Expression, Name } from '../../language/syntax.ts'
import { lettersOf, shifted, strided } from '../affine.ts'
import { type Of, quoted, same } from '../build.ts'
import { everywhere, type Rewrite } from '../edit.ts'
import { entryOf, onEntries } from './entries.ts'
import { bindersIn } from './free-letters.ts'

/** Two axes of an array of rank three or more; the letters may stand in the superscript. */
const swapChannels: Rewrite = everywhere(({ node, side }) => {
  if (node.kind !== 'name' || side <= 0) return []
  const leading = leadingLetters(node)
  const entry = entryOf(node)
  const parts = [...leading, ...(entry?.parts ?? [])]
  if (parts.length < 3) return []
  return parts.flatMap((first, at) =>
    parts.slice(at + 1).flatMap((second, further) => {
      // Rows and columns are transposed, not channels.
      if (same(first, second) || at >= parts.length - 2) return []
      const swapped = parts.with(at, second).with(at + 1 + further, first)
      const name = withLeading(node, swapped.slice(0, leading.length))
      const right = {
        ...name,
        subscript: { parts: swapped.slice(leading.length), span: node.span },
      }
      return [
        [right, `Two axes are swapped: ${quoted(right)} instead of ${quoted(node)}.`] as const,
      ]
    }),
  )
})

/** k of `w^{Fk}`. */
const leadingLetters = ({ superscript }: Name): readonly Expression[] => {
  const [only] = superscript?.parts ?? []
  return superscript?.parts.length === 1 && only?.kind === 'product' ? only.factors.slice(1) : []
}

const withLeading = (name: Name, letters: readonly Expression[]): Name => {
  const { superscript } = name
  const [only] = superscript?.parts ?? []
  if (!superscript || only?.kind !== 'product' || letters.length === 0) return name
  const part: Expression = { ...only, factors: [only.factors[0]!, ...letters] }
  return { ...name, superscript: { ...superscript, parts: [part] } }
}

/** i + u − 1 → s(i − 1) + u, for the same letters in every index of the entry. */
const dilate: Rewrite = (claim, context) =>
  context.strides.flatMap((stride) =>
    onEntries(({ parts }) => {
      // A channel beside windows has no step.
      const isOfWindows = parts.some((part) => lettersOf(part).length > 1)
      const choices = [0, 1].map((nth) =>
        parts.map((part) => {
          const letters = lettersOf(part)
          const letter = isOfWindows && letters.length < 2 ? undefined : letters[nth]
          return (letter && strided(part, letter, stride)) || part
        }),
      )
      return choices
        .filter((next) => next.some((part, at) => part !== parts[at]))
        .map((next) => [next, `The step ${stride} is missing in the index`] as const)
    })(claim, context),
  )

/** 2(i − 1) → i − 1 everywhere. */
const undilate: Rewrite = onEntries(({ parts }) => {
  let changed = false
  const plain = (node: Expression): Expression => {
    if (node.kind === 'addition') return { ...node, terms: node.terms.map(plain) }
    if (node.kind !== 'product' || node.factors[0]?.kind !== 'numeral') return node
    changed = true
    return node.factors.length === 2
      ? node.factors[1]!
      : { ...node, factors: node.factors.slice(1) }
  }
  const next = parts.map((part) => {
    const read = plain(part)
    return read.kind === 'addition' ? shifted(flat(read), 0) : read
  })
  return changed ? [[next, 'There is no stride in the index'] as const] : []
})

const flat = (node: Of<'addition'>): Expression => ({
  ...node,
  terms: node.terms.flatMap((term) => (term.kind === 'addition' ? term.terms : [term])),
})

/** i + m − 1 ↔ i − m + c: the kernel slides turned, or as it is. */
const slide =
  (turned: boolean): Rewrite =>
  (claim, context) => {
    const { scope } = context
    const lengths = new Set(
      scope.names.flatMap(({ shape }) => shape.filter((n) => n > 1 && n < 12)),
    )
    const constants = turned ? [1, 0, ...[...lengths].flatMap((n) => [n, n - 1])] : [-1, 0]
    const bound = new Set(bindersIn(claim))
    const message = turned
      ? 'A convolution runs through the array backwards'
      : 'A cross-correlation runs through the array forwards'
    return onEntries(({ parts }) => {
      if (!parts.some((part) => part.kind === 'addition')) return []
      const options = parts.map((part) => reversed(part, bound, turned, constants))
      const count = Math.max(...options.map((each) => each.length))
      if (count === 0) return []
      // The same constant in all indices, or, of kernels with unlike sides, any two.
      const uniform = Array.from({ length: count }, (_, k) =>
        parts.map((part, axis) => options[axis]![k] ?? part),
      )
      const mixed = parts.length === 2 && turned ? pairsOf(options[0]!, options[1]!) : []
      return [...uniform, ...mixed].map((next) => [next, message] as const)
    })(claim, context)
  }

const pairsOf = (rows: readonly Expression[], columns: readonly Expression[]): Expression[][] =>
  rows.flatMap((row, k) => columns.flatMap((column, l) => (k === l ? [] : [[row, column]])))

const reversed = (
  part: Expression,
  bound: ReadonlySet<string>,
  turned: boolean,
  constants: readonly number[],
): Expression[] => {
  if (part.kind !== 'addition') return []
  const isBound = (node: Expression) =>
    node.kind === 'name' && bound.has(node.base + "'".repeat(node.primes))
  const at = part.terms.findIndex((term) =>
    turned ? isBound(term) : term.kind === 'negation' && isBound(term.operand),
  )
  const letters = part.terms.filter((term) => lettersOf(term).length > 0 || term.kind !== 'numeral')
  const term = part.terms[at]
  if (!term || letters.length < 2) return []
  const flipped: Expression =
    term.kind === 'negation' ? term.operand : { kind: 'negation', operand: term, span: term.span }
  const others = part.terms.filter(
    (each, k) => k !== at && each.kind !== 'numeral' && !isMinusNumeral(each),
  )
  // An index does not begin with a minus.
  const terms = term.kind === 'negation' ? [...others, flipped] : [...others, flipped]
  return constants.map((constant) => shifted({ ...part, terms }, constant))
}

const isMinusNumeral = (node: Expression): boolean =>
  node.kind === 'negation' && node.operand.kind === 'numeral'

export const indices = {
  slideTurned: slide(true),
  slideStraight: slide(false),
  swapChannels,
  dilate,
  undilate,
} as const

// Edits of matrix products: transposes and the operands of an outer product.
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import { insteadOf, namesOf, type Of, quoted, same } from '../build.ts'
import { everywhere, type NodeRewrite, onTerms, type Rewrite } from '../edit.ts'
import { entryOf } from './entries.ts'
import { bindersIn, freeLetters } from './free-letters.ts'
import { isArray, transposed, untransposed } from './sliding.ts'

/**
 * The letters of a claim as a product of matrices has them: the row of the left side, what is
 * summed, the column of the left side. A_{ik} B_{kj} is A B, and A_{ki} B_{kj} is Aᵀ B.
 */
const lettersInOrder = (claim: Claim): string[] => {
  const free = freeLetters(claim.operands[0]!)
  const others = [...bindersIn(claim.operands), ...claim.where.map(({ name }) => name)]
  return free.length < 2
    ? [...free, ...others]
    : [...free.slice(0, -1), ...others, ...free.slice(-1)]
}

/** Do the indices of a pair run in the order of the matrix product? */
const isPlain = ([first, second]: readonly Expression[], letters: readonly string[]): boolean => {
  const place = (index: Expression | undefined) => {
    const places = namesOf(index).map(({ base, primes }) =>
      letters.indexOf(base + "'".repeat(primes)),
    )
    return Math.min(...places.filter((each) => each >= 0), letters.length)
  }
  return place(first) <= place(second)
}

/** W_{ji} for W_{ij}: the transpose of an entry is its indices swapped. */
const swapped =
  (toPlain: boolean): NodeRewrite =>
  ({ node, side, position }, claim) => {
    const isEntry = node.kind === 'name' && node.subscript && side > 0
    const entry = isEntry && position !== 'index' && position !== 'tag' ? entryOf(node) : undefined
    const [rows, columns] = entry?.parts.slice(-2) ?? []
    if (!entry || !rows || !columns || same(rows, columns)) return []
    // The axes before the last two are channels.
    const before = entry.parts.slice(0, -2)
    if (before.length > 2 || isPlain([columns, rows], lettersInOrder(claim)) !== toPlain) return []
    const right = entry.with([...before, columns, rows])
    const message = `Rows and columns are swapped: ${insteadOf(right, node)}.`
    return [[right, message]]
  }

const transpose: Rewrite = everywhere((site, claim, context) => {
  const { node, parents } = site
  const already = untransposed(node) || parents.at(-1)?.kind === 'transposed'
  if (!isArray(site, context) || already) return swapped(false)(site, claim, context)
  return [[transposed(node), `The transpose is missing: ${insteadOf(transposed(node), node)}.`]]
})

/** a B for Bᵀ a, the habit of rows. */
const turnRow: Rewrite = everywhere(({ node, position }) => {
  if (position === 'index' || position === 'tag') return []
  const [a, b, more] = node.kind === 'product' ? node.factors : []
  if (node.kind !== 'product' || !a || !b || more || untransposed(a) || untransposed(b)) return []
  if (a.kind !== 'name' || b.kind !== 'name' || a.subscript || b.subscript) return []
  if (/^\p{Lu}/u.test(a.base)) return []
  const right: Expression = { ...node, factors: [transposed(b), a] }
  return [[right, `The transpose is missing: ${insteadOf(right, node)}.`]]
})

/** (R − P Qᵀ) P for (R − P Qᵀ)ᵀ P. */
const turnBracket: Rewrite = everywhere(({ node, side, position, parents }) => {
  const isFactor = parents.at(-1)?.kind === 'product'
  if (node.kind !== 'addition' || !isFactor || side <= 0 || position !== 'value') return []
  const right = transposed(node)
  return [[right, `The transpose is missing: ${insteadOf(right, node)}.`]]
})

const missing: Rewrite = (claim, context) => [
  ...transpose(claim, context),
  ...turnBracket(claim, context),
  ...turnRow(claim, context),
]

const untranspose: Rewrite = everywhere((site, claim, context) => {
  const operand = untransposed(site.node)
  return operand
    ? [[operand, `Nothing is transposed here: ${insteadOf(operand, site.node)}.`]]
    : swapped(true)(site, claim, context)
})

/** The transpose of a factor, or what it is the transpose of. */
const turned = (node: Expression): Expression => untransposed(node) ?? transposed(node)

/** Numbers are turned by nobody. */
const isNumber = ({ kind }: Expression): boolean => kind === 'numeral' || kind === 'quotient'

/** diag(a) is its own transpose. */
const isSymmetric = (node: Expression): boolean => node.kind === 'call' && node.word === 'diag'

const pairAt = (node: Of<'product'>): number =>
  node.factors.findIndex((factor, at) => {
    const next = node.factors[at + 1]
    if (!next || [factor, next].some((each) => isNumber(each) || isSymmetric(each))) return false
    return Boolean(untransposed(factor)) !== Boolean(untransposed(next))
  })

/** a bᵀ is b aᵀ with its operands swapped; aᵀ b, of two matrices, is bᵀ a. */
const swapPair: NodeRewrite = ({ node }) => {
  const at = node.kind === 'product' ? pairAt(node) : -1
  if (node.kind !== 'product' || at < 0) return []
  const [left, right] = [node.factors[at]!, node.factors[at + 1]!]
  const factors = node.factors.toSpliced(at, 2, turned(right), turned(left))
  const outer: Expression = { ...node, factors }
  return [[outer, `The operands of the outer product are swapped: ${insteadOf(outer, node)}.`]]
}

/** aᵀ b for a bᵀ: the transpose stands on the other operand. */
const moveTranspose: Rewrite = everywhere(({ node }) => {
  const at = node.kind === 'product' ? pairAt(node) : -1
  if (node.kind !== 'product' || at < 0) return []
  const [left, right] = [node.factors[at]!, node.factors[at + 1]!]
  const factors = node.factors.toSpliced(at, 2, turned(left), turned(right))
  const outer: Expression = { ...node, factors }
  return [[outer, `The transpose stands on the wrong factor: ${insteadOf(outer, node)}.`]]
})

/** δ_j a_i for δ_i a_j: an outer product in entries, its two letters exchanged. */
const exchangeLetters: Rewrite = onTerms(({ node }, claim) => {
  const [first, second, third] = freeLetters(claim.operands[0]!)
  if (!first || !second || third || node.kind !== 'product') return []
  const other: Record<string, string> = { [first]: second, [second]: first }
  // A sum could capture a letter.
  if (bindersIn(node).some((letter) => other[letter])) return []
  const changed: string[] = []
  const exchanged = (part: object): object | undefined => {
    const each = part as Expression
    const entry = each.kind === 'name' && each.subscript ? entryOf(each) : undefined
    const [index, more] = entry?.parts ?? []
    const isLetter = index?.kind === 'name' && index.primes === 0 && !more
    const letter = isLetter ? other[index.base] : undefined
    if (!entry || !letter || index?.kind !== 'name') return undefined
    changed.push(letter)
    return entry.with([{ ...index, base: letter }])
  }
  const outer = mapped(node, exchanged)
  if (new Set(changed).size < 2) return []
  return [[outer, `The operands of the outer product are swapped: ${insteadOf(outer, node)}.`]]
})

const rightOuter: Rewrite = (claim, context) => [
  ...everywhere(swapPair)(claim, context),
  ...exchangeLetters(claim, context),
  ...moveTranspose(claim, context),
]

/** Of a bᵀ alone: Wᵀ δ is no outer product. */
const wrongOuter: Rewrite = (claim, context) => [
  ...everywhere((site, ...rest) => {
    const { node } = site
    const isOuter = node.kind === 'product' && !untransposed(node.factors[pairAt(node)] ?? node)
    return isOuter ? swapPair(site, ...rest) : []
  })(claim, context),
  ...exchangeLetters(claim, context),
]

/** y and t in −Σ y log t: the two arrays of a side change places. */
const exchangeNames: Rewrite = (claim) => {
  const [left, ...others] = claim.operands
  const names = namesOf(others).filter(({ subscript, primes }) => subscript && primes === 0)
  const bare = ({ subscript: _, ...name }: Name) => quoted(name)
  const [first, second, third] = [...new Map(names.map((name) => [bare(name), name])).values()]
  if (!first || !second || third) return []
  const exchanged = others.map((side) =>
    mapped(side, (each) => {
      const node = each as Name
      if (node.kind !== 'name' || !node.subscript || node.primes > 0) return undefined
      return { ...(bare(node) === bare(first) ? second : first), subscript: node.subscript }
    }),
  )
  const operands = [left!, ...exchanged]
  const message = `${bare(first)} and ${bare(second)} must change places.`
  return [{ claim: { ...claim, operands }, message }]
}

export const matrices = {
  transpose,
  missing,
  untranspose,
  rightOuter,
  wrongOuter,
  exchangeNames,
} as const

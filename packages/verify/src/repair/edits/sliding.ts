// Edits of sliding products: the turned kernel, the mode, the order, correlation against
// convolution.
import type { Scope } from '../../language/resolved.ts'
import type { Expression, Mode } from '../../language/syntax.ts'
import { brief, call, insteadOf, type Of, same } from '../build.ts'
import { type EditContext, everywhere, type Rewrite } from '../edit.ts'
import { isDifferential } from '../products.ts'
import { isEntry } from '../roles.ts'
import type { Site } from '../sites.ts'

const isWhole = (node: Expression, scope: Scope): boolean =>
  (node.kind === 'name' && node.base !== 'e' && !(node.subscript && isEntry(node, scope))) ||
  (node.kind === 'derivative' && [node.of, ...node.by].every((each) => isWhole(each, scope)))

/** A whole array: what rot180, ᵀ and up can be taken of. The letters below W_{hh} are its name. */
export const isArray = ({ node, position }: Site, { scope }: EditContext): boolean =>
  position === 'value' && isWhole(node, scope)

const isOperandOf = ({ node, parents }: Site, kind: Expression['kind']): boolean => {
  const parent = parents.at(-1)
  return parent?.kind === kind && Object.values(parent).includes(node)
}

const isCall = (node: Expression, word: string): node is Of<'call'> =>
  node.kind === 'call' && node.word === word && node.operands.length === 1

const turn: Rewrite = everywhere((site, _, context) => {
  const { node } = site
  const turned = isCall(node, 'rot180') || site.parents.some((each) => isCall(each, 'rot180'))
  if (
    turned ||
    !(isArray(site, context) || (isOperandOf(site, 'star') && node.kind !== 'transposed'))
  )
    return []
  const right = call('rot180', node)
  return [[right, `The array must be turned by 180 degrees: ${insteadOf(right, node)}.`]]
})

const unturn: Rewrite = everywhere(({ node }) =>
  isCall(node, 'rot180')
    ? [[node.operands[0]!, `Nothing is turned here: ${insteadOf(node.operands[0]!, node)}.`]]
    : [],
)

const transposeToTurn: Rewrite = everywhere(({ node }) => {
  const operand = untransposed(node)
  if (!operand) return []
  const turned = call('rot180', operand)
  return [[turned, `A turn by 180 degrees is no transpose: ${insteadOf(turned, node)}.`]]
})

const turnToTranspose: Rewrite = everywhere(({ node }) =>
  isCall(node, 'rot180')
    ? [[transposed(node.operands[0]!), 'The transpose stands where a turn by 180 degrees did.']]
    : [],
)

/** The operand of a transpose, which on a name is a superscript T. */
export const untransposed = (node: Expression): Expression | undefined => {
  if (node.kind === 'transposed') return node.operand
  if (node.kind === 'product' && isDifferential(node)) {
    const of = untransposed(node.factors[1]!)
    return of && { ...node, factors: [node.factors[0]!, of] }
  }
  if (node.kind !== 'name' || !node.superscript) return undefined
  const { superscript, ...bare } = node
  const { parts } = superscript
  const last = parts.at(-1)!
  const isT = (each: Expression | undefined) =>
    each?.kind === 'name' && each.base === 'T' && !each.superscript && !each.subscript
  if (isT(last)) {
    const left = parts.slice(0, -1)
    return left.length === 0 ? bare : { ...node, superscript: { ...superscript, parts: left } }
  }
  if (last.kind !== 'product' || !isT(last.factors.at(-1))) return undefined
  const factors = last.factors.slice(0, -1)
  const part: Expression = factors.length === 1 ? factors[0]! : { ...last, factors }
  return { ...node, superscript: { ...superscript, parts: [...parts.slice(0, -1), part] } }
}

export const transposed = (operand: Expression): Expression => {
  const { span } = operand
  if (operand.kind === 'product' && isDifferential(operand)) {
    const of = transposed(operand.factors[1]!)
    if (of.kind === 'name') return { ...operand, factors: [operand.factors[0]!, of] }
  }
  if (operand.kind !== 'name' || operand.superscript || operand.primes > 0)
    return { kind: 'transposed', operand, span }
  const parts = [{ kind: 'name' as const, base: 'T', primes: 0, span }]
  return { ...operand, superscript: { parts, parenthesised: false, span } }
}

const modes: readonly Mode[] = ['valid', 'full', 'same']
const modeWords = { valid: 'narrow', full: 'wide', same: 'of equal width' } as const

/** Written `from`, right `to`. */
const changeMode = (from: Mode, to: Mode): Rewrite =>
  everywhere(({ node }) => {
    if (node.kind !== 'star' || node.mode !== from) return []
    const right: Expression = { ...node, mode: to }
    const message = `The sliding product must be ${modeWords[to]} (${to}), not ${modeWords[from]}`
    return [[right, `${message} (${from}): ${brief(right)}.`]]
  })

/** `valid for full`: valid was written where full is right. */
export const modePairs: readonly {
  name: `${Mode} for ${Mode}`
  repair: Rewrite
  mutate: Rewrite
}[] = modes.flatMap((written) =>
  modes
    .filter((right) => right !== written)
    .map((right) => ({
      name: `${written} for ${right}` as const,
      repair: changeMode(written, right),
      mutate: changeMode(right, written),
    })),
)

const swap: Rewrite = everywhere(({ node }) => {
  if (node.kind !== 'star' || same(node.left, node.right)) return []
  const right: Expression = { ...node, left: node.right, right: node.left }
  const message = 'The image stands on the left of the star, the kernel on the right'
  return [[right, `${message}: ${insteadOf(right, node)}.`]]
})

const operations = {
  correlation: 'The kernel must not be turned: a cross-correlation (*) belongs here',
  convolution: 'The kernel must be turned: a true convolution (conv) belongs here',
} as const

const changeOperation = (to: 'correlation' | 'convolution'): Rewrite =>
  everywhere(({ node }) => {
    if (node.kind !== 'star' || node.operation === 'bare' || node.operation === to) return []
    const right: Expression = { ...node, operation: to, mode: node.mode ?? 'valid' }
    return [[right, `${operations[to]}, ${insteadOf(right, node)}.`]]
  })

/** One entry for each pair of a formula and its mirror. */
export const sliding = {
  turn,
  unturn,
  transposeToTurn,
  turnToTranspose,
  swap,
  toConvolution: changeOperation('convolution'),
  toCorrelation: changeOperation('correlation'),
} as const

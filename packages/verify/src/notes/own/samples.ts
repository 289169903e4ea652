// Equations of one sample, ŷ^{(i)} = σ(w^T x^{(i)} + b): the sample is a row, x^{(i)} one of X.
import { withNames } from '../../language/names-in.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import { unreadable } from './lengths.ts'
import { isPlain, type Letters, lettersBelow } from './names.ts'

/** y^{(i)} as y_i. */
export const ofSample = <Node extends Expression>(node: Node): Node =>
  mapped(node, (each) => {
    const name = each as Expression
    const { superscript, subscript, ...bare } = name.kind === 'name' ? name : ({} as Name)
    const [only, ...others] = superscript?.parts ?? []
    if (!superscript?.parenthesised || !only || !isPlain(only) || others.length > 0 || subscript)
      return undefined
    return /^[ijkns]$/.test(only.base)
      ? { ...bare, subscript: { parts: [only], span: only.span } }
      : undefined
  })

const indexed = (name: Name, ...letters: readonly string[]): Name => ({
  ...name,
  subscript: {
    parts: letters.map((base) => ({ kind: 'name', base, primes: 0, span: name.span })),
    span: name.span,
  },
})

/** w and x_i of w^T x_i. */
const pairIn = (a: Expression | undefined, b: Expression | undefined): readonly Name[] => {
  const of = a?.kind === 'transposed' ? a.operand : undefined
  return of?.kind === 'name' && b?.kind === 'name' ? [of, b] : []
}

/** w^T x_i is Σ_k w_k X_{ik}; `bases`: the letters of arrays that stand without an index. */
export const withRows = (
  value: Expression,
  letters: Letters<unknown>,
  bases: ReadonlySet<string>,
): Expression => {
  const used = new Set([...bases, ...withNames(value).map(({ base }) => base)])
  const inner = ['k', 'j', 'n'].find((each) => !used.has(each) && !letters.has(each))
  const rows = new Set<string>()
  const read = mapped(value, (each) => {
    const part = each as Expression
    if (part.kind !== 'product' || !inner) return undefined
    const [first, second, ...others] = part.factors
    const names = pairIn(first, second)
    const samples = names.filter((name) => lettersBelow(name).length === 1)
    const [row] = samples
    const weights = names.find((name) => isPlain(name))
    const capital = row?.base.toUpperCase()
    if (!row || !weights || others.length > 0 || used.has(capital!)) return undefined
    rows.add(row.base)
    const { span } = part
    const entry = indexed({ ...row, base: capital! }, ...lettersBelow(row), inner)
    return {
      kind: 'reduction',
      operator: 'sum',
      binders: [{ name: inner, span }],
      conditions: [],
      implicit: false,
      body: { kind: 'product', factors: [indexed(weights, inner), entry], span },
      span,
    }
  })
  // An x_i that is no row is another array.
  const areBoth = [...bases, ...withNames(read).map(({ base }) => base)].some((base) =>
    rows.has(base),
  )
  return areBoth ? unreadable() : read
}

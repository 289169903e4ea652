// Equations of one sample, ŷ^{(i)} = σ(w^T x^{(i)} + b): the sample is a row, x^{(i)} one of X.
import { withNames } from '../../language/names-in.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import { mapped, nodesBelow } from '../../language/walk.ts'
import type { Equation } from './equations.ts'
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

type Called = Extract<Expression, { kind: 'application' }>

/** The i of h(x^{(i)}) where h is said of x; undefined elsewhere. */
const sampleOf = (call: Called, { head, operands }: Called): Name | undefined => {
  const same = call.head.base === head.base && call.operands.length === operands.length
  const [only, ...others] = call.operands.map((each) => {
    const name = each.kind === 'name' ? each : undefined
    const [sample, ...more] = name?.superscript?.parenthesised ? name.superscript.parts : []
    return more.length === 0 && sample && isPlain(sample) ? { sample, base: name!.base } : undefined
  })
  const [argument] = operands
  if (!same || !only || others.length > 0 || argument?.kind !== 'name') return undefined
  return argument.base === only.base ? only.sample : undefined
}

const above = (name: Name, sample: Name): Name => {
  const { subscript: _, ...bare } = name
  return { ...bare, superscript: { parts: [sample], parenthesised: true, span: name.span } }
}

/** h(x) = θ^T x, of which J asks at every x^{(i)}: h^{(i)} = θ^T x^{(i)}. */
export const calledAtSamples = (equations: readonly Equation[]): readonly Equation[] =>
  equations.reduce((all, { claim, left, value }) => {
    const [said] = claim.operands
    if (said?.kind !== 'application' || said.operands.length !== 1) return all
    const nodes = nodesBelow<Expression>(all.map((each) => each.value))
    const calls = nodes.filter((each) => each.kind === 'application')
    const samples = calls.flatMap((call) => sampleOf(call, said) ?? [])
    const [sample] = samples
    const asked = calls.filter(({ head }) => head.base === said.head.base)
    if (!sample || samples.some(({ base }) => base !== sample.base)) return all
    if (asked.length > samples.length) return all
    const [{ base }] = said.operands as [Name]
    const ofSample = mapped(value, (each) => {
      const name = each as Expression
      return name.kind === 'name' && name.base === base ? above(name, sample) : undefined
    })
    return all.map((each) =>
      each.claim === claim
        ? { claim, left: above(left, sample), value: ofSample }
        : {
            ...each,
            value: mapped(each.value, (node) => {
              const call = node as Expression
              return call.kind === 'application' && sampleOf(call, said)
                ? above(call.head, sample)
                : undefined
            }),
          },
    )
  }, equations)

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

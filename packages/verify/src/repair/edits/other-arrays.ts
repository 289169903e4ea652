// Another array of the graph in the place of one: the wrong gate, the wrong weights, the input for
// what a layer makes of it.
import type { ScopeName } from '../../language/resolved.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import { shifted } from '../affine.ts'
import { insteadOf, quoted, replaced } from '../build.ts'
import { type EditContext, everywhere, type NodeRewrite, type Rewrite } from '../edit.ts'
import { isEntry, nameOf } from '../roles.ts'
import { sitesOf } from '../sites.ts'
import { transposed, untransposed } from './sliding.ts'

const most = 16

/** The letters of a layer's or a gate's name, as they stand above or below. */
const tagsOf = (name: Name): string[] =>
  [...(name.superscript?.parts ?? []), ...(name.subscript?.parts ?? [])].map((part) =>
    quoted(part.kind === 'product' ? part.factors[0]! : part).replaceAll(/[\s()[\]]/g, ''),
  )

/** What a name may mean in the graph, its letters below aside. */
const meant = (name: Name, scope: EditContext['scope']): ScopeName | undefined => {
  const own = scope.names.filter(({ base }) => base === name.base)
  const tags = tagsOf(name)
  return own.find(({ tag }) => tags.includes(tag)) ?? own.find(({ tag }) => tag === '') ?? own[0]
}

/** x_t for x_{t-1}: h_{t-1} was written where x_t belongs. */
const besideSteps = (name: Name): Name[] => {
  const [part, ...rest] = name.subscript?.parts ?? []
  if (!part || !name.subscript || !/^[tl]/.test(quoted(part))) return []
  const { subscript } = name
  return [1, -1].map((by) => ({
    ...name,
    subscript: { ...subscript, parts: [shifted(part, by), ...rest] },
  }))
}

/** W_i for W_f and h_t for c_t, in the scripts of what was written. */
const inPlaceOf = (name: Name, other: ScopeName, scope: EditContext['scope']): Expression[] => {
  const { base, tag } = other
  const own = nameOf(other)
  const isTagged = tag !== '' && tagsOf(name).length > 0
  const relettered =
    base !== name.base && isTagged ? [{ ...name, base }, ...besideSteps({ ...name, base })] : []
  if (!own) return relettered
  const isTurned = untransposed(name) !== undefined
  const indices = isEntry(name, scope) && !own.subscript ? name.subscript : undefined
  const put: Name = { ...own, ...(indices && { subscript: indices }) }
  const { superscript } = name
  const isBare = !own.superscript && superscript?.parts.length === 1
  const turned = isBare ? { ...put, superscript } : transposed(put)
  return [...relettered, isTurned ? turned : put]
}

/** The first array of its shape that has another letter: a mistake. */
export const strayArray: Rewrite = everywhere(({ node, side, position }, _, { scope }) => {
  const own =
    side > 0 && position === 'value' && node.kind === 'name' ? meant(node, scope) : undefined
  if (!own || node.kind !== 'name' || node.primes > 0 || node.base === 'δ') return []
  const other = scope.names.find(
    ({ base, shape }) => base !== own.base && shape.length > 0 && shape.join() === own.shape.join(),
  )
  return other ? inPlaceOf(node, other, scope).map((wrong) => [wrong, ''] as const) : []
})

const likely: NodeRewrite = ({ node, side, position }, _, { scope }) => {
  const isPlace = side > 0 && (position === 'value' || position === 'by')
  const own = isPlace && node.kind === 'name' && node.primes === 0 ? meant(node, scope) : undefined
  if (!own || node.kind !== 'name') return []
  const isOfShape = ({ shape }: ScopeName) => shape.join() === own.shape.join()
  const others = scope.names.filter((each) => each !== own && each.rank === own.rank)
  const fitting = [...others.filter(isOfShape), ...others.filter((each) => !isOfShape(each))]
  // ∂L/∂b is ∂L/∂z too, and nobody says so of what goes back through z.
  const isMade = ({ role }: ScopeName) => role === 'interior'
  const ordered =
    position === 'by'
      ? [...fitting.filter(isMade), ...fitting.filter((each) => !isMade(each))]
      : fitting
  const made = ordered.flatMap((each) => inPlaceOf(node, each, scope))
  const fresh = new Map(made.map((each) => [quoted(each), each]))
  fresh.delete(quoted(node))
  return [...fresh.values()]
    .slice(0, most)
    .map((right) => [right, `Another array belongs here: ${insteadOf(right, node)}.`] as const)
}

/** r (1 - r) for z (1 - z): what stands twice is another array twice. */
const wherever: Rewrite = (claim, context) => {
  const seen = new Map<string, number>()
  return sitesOf(claim).flatMap((site) => {
    const was = quoted(site.node)
    const count = (seen.get(was) ?? 0) + 1
    seen.set(was, count)
    if (site.node.kind !== 'name' || site.side <= 0 || count !== 2) return []
    const { node } = site
    return likely(site, claim, context).map(([right, message]) => ({
      claim: replaced(claim, node, right),
      message,
    }))
  })
}

export const otherArray: Rewrite = (claim, context) => [
  ...everywhere(likely)(claim, context),
  ...wherever(claim, context),
]

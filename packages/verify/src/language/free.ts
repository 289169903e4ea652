// Free indices of a resolved expression, in order of appearance.
import type { Resolved, ResolvedBinder } from './resolved.ts'
import { childNodes, holding } from './walk.ts'

const boundNames = (binders: readonly ResolvedBinder[]): Set<string> =>
  new Set(binders.map((binder) => binder.name))

/** Trees do not change, and every level above asks again. */
const known = new WeakMap<object, readonly string[]>()

/** Bounds of a binder are outside its own name's reach only in what they were resolved with. */
export const freeIndices = (expression: Resolved): readonly string[] => {
  const before = known.get(expression)
  if (before) return before
  const found = freeIn(expression)
  known.set(expression, found)
  return found
}

const freeIn = (node: Resolved): readonly string[] => {
  const { kind, name, binders } = node as {
    kind: string
    name?: string
    binders?: ResolvedBinder[]
  }
  const found = new Set<string>()
  if (kind === 'index' && name !== undefined) found.add(name)
  const bound = boundNames(binders ?? [])
  for (const child of childNodes<Resolved>(node))
    for (const free of freeIndices(child)) if (!bound.has(free)) found.add(free)
  return [...found]
}

const bindsAny = holding((node) => 'binders' in node)

/**
 * A binder whose name is also free beside it: Σ_i in e^{X_i} / Σ_i e^{X_i} captures the other i.
 */
export const capturing = (expression: Resolved): ResolvedBinder | undefined => {
  if (!bindsAny(expression)) return undefined
  const free = new Set(freeIndices(expression))
  const visit = (node: object): ResolvedBinder | undefined => {
    const { binders } = node as { binders?: ResolvedBinder[] }
    const found = binders?.find(({ name }) => free.has(name))
    if (found) return found
    for (const child of childNodes<Resolved>(node)) {
      const below = visit(child)
      if (below) return below
    }
    return undefined
  }
  return free.size > 0 ? visit(expression) : undefined
}

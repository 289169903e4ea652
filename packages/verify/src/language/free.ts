// Free indices of a resolved expression, in order of appearance.
import type { Resolved, ResolvedBinder } from './resolved.ts'
import { childNodes } from './walk.ts'

const boundNames = (binders: readonly ResolvedBinder[]): Set<string> =>
  new Set(binders.map((binder) => binder.name))

/** Bounds of a binder are outside its own name's reach only in what they were resolved with. */
export const freeIndices = (expression: Resolved): string[] => {
  const found = new Set<string>()
  const visit = (node: object, bound: ReadonlySet<string>): void => {
    const { kind, name, binders } = node as {
      kind?: string
      name?: string
      binders?: ResolvedBinder[]
    }
    if (kind === 'index' && name !== undefined && !bound.has(name)) found.add(name)
    const inner = binders ? new Set([...bound, ...boundNames(binders)]) : bound
    for (const child of childNodes<Resolved>(node)) visit(child, inner)
  }
  visit(expression, new Set())
  return [...found]
}

/**
 * A binder whose name is also free beside it: Σ_i in e^{X_i} / Σ_i e^{X_i} captures the other i.
 */
export const capturing = (expression: Resolved): ResolvedBinder | undefined => {
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

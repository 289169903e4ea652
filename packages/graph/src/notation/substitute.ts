// Replacing free names in a tree, and finding names that nobody uses. Binders are never captured.

import { type Expression, type Guard, PACK, type Variable } from './syntax.ts'
import { mapChildren, mentionsFree, nodes } from './traverse.ts'

type Replacements = ReadonlyMap<string, Expression>

/** Every free `name` becomes its replacement; a binder in the way is renamed. */
export function substitute(expression: Expression, replacements: Replacements): Expression {
  if (replacements.size === 0) return expression
  switch (expression.kind) {
    case 'symbol':
      return replacements.get(expression.name) ?? expression
    case 'reduction':
      return { ...expression, ...substituteBinder(expression, replacements) }
    case 'iverson':
      return {
        kind: 'iverson',
        guards: expression.guards.map((guard) => substituteGuard(guard, replacements)),
      }
    default:
      return mapChildren(expression, (part) => substitute(part, replacements))
  }
}

function substituteGuard(guard: Guard, replacements: Replacements): Guard {
  const change = (part: Expression) => substitute(part, replacements)
  if (guard.kind === 'relation') return { ...guard, operands: guard.operands.map(change) }
  return { ...guard, at: guard.at.map(change), ...substituteBinder(guard, replacements) }
}

export interface Binder {
  readonly variables: readonly Variable[]
  readonly body: Expression
}

function substituteBinder({ variables, body }: Binder, replacements: Replacements): Binder {
  const ranges = variables.map(({ name, upTo }) =>
    upTo ? { name, upTo: substitute(upTo, replacements) } : { name },
  )
  const bound = new Set(variables.map(({ name }) => name))
  const inside = new Map([...replacements].filter(([name]) => !bound.has(name)))
  const arriving = [...inside]
    .filter(([name]) => mentionsFree(body, name))
    .map(([, replacement]) => replacement)
  const taken = new Set([...arriving, body].flatMap((part) => [...namesIn(part)]))
  const renamed = ranges.map((variable) => {
    const isCaught = arriving.some((part) => mentionsFree(part, variable.name))
    if (!isCaught) return variable
    const name = freshName(variable.name, taken)
    inside.set(variable.name, { kind: 'symbol', name })
    return { ...variable, name }
  })
  return { variables: renamed, body: substitute(body, inside) }
}

/** The same binder with other letters. */
export function renameBinder({ variables, body }: Binder, names: ReadonlyMap<string, string>) {
  const replacements = new Map<string, Expression>()
  const renamed = variables.map((variable) => {
    const name = names.get(variable.name)
    if (name === undefined) return variable
    replacements.set(variable.name, { kind: 'symbol', name })
    return { ...variable, name }
  })
  return { variables: renamed, body: substitute(body, replacements) }
}

/** `name`, with as many primes as it takes; the name found is taken from then on. */
export function freshName(name: string, taken: Set<string>): string {
  let fresh = name
  while (taken.has(fresh)) fresh += '′'
  taken.add(fresh)
  return fresh
}

/** Every name in the tree: arrays, free letters, bound letters. */
export function namesIn(root: Expression): ReadonlySet<string> {
  const names = new Set<string>()
  for (const node of nodes(root)) {
    if (node.kind === 'symbol') names.add(node.name)
    if (node.kind === 'access') names.add(node.array)
    for (const { name } of boundBy(node)) names.add(name)
  }
  return names
}

/** Does any binder within the expression bind one of the names? */
export function binds(root: Expression, names: ReadonlySet<string>): boolean {
  for (const node of nodes(root)) {
    if (boundBy(node).some(({ name }) => names.has(name))) return true
  }
  return false
}

function boundBy(node: Expression): readonly Variable[] {
  if (node.kind === 'reduction') return node.variables
  if (node.kind !== 'iverson') return []
  return node.guards.flatMap((guard) => (guard.kind === 'winner' ? guard.variables : []))
}

/** Renames every binder of one of the names. */
export function avoid(
  root: Expression,
  names: ReadonlySet<string>,
  taken: Set<string>,
): Expression {
  if (names.size === 0 || !binds(root, names)) return root
  const change = (part: Expression): Expression => avoid(part, names, taken)
  const away = (binder: Binder): Binder => {
    const fresh = new Map<string, string>()
    for (const { name } of binder.variables) {
      if (names.has(name) && name !== PACK) fresh.set(name, freshName(name, taken))
    }
    return renameBinder(binder, fresh)
  }
  const outer = mapChildren(root, change)
  if (outer.kind === 'reduction') return { ...outer, ...away(outer) }
  if (outer.kind !== 'iverson') return outer
  const guards = outer.guards.map((guard) =>
    guard.kind === 'winner' ? { ...guard, ...away(guard) } : guard,
  )
  return { kind: 'iverson', guards }
}

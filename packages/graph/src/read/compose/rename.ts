// Letters for a composed line: each bound index takes the letter of an axis that it indexes, primed
// where that is taken, as textbooks do: Σ_{i′j′} δ_{i′j′} x_{i+i′−1, j+j′−1}.

import type { Expression, Guard, Line, Variable } from '../../notation/index.ts'
import { mapChildren, mapGuard, nodes } from '../../notation/traverse.ts'
import type { Node } from '../../record/node.ts'

/** What rename needs to know of the arrays that the line reads. */
export interface Lettering {
  /** The letter that an array's label has for an axis. */
  readonly letter: (array: string, axis: number) => string | undefined
  /** Letters that no index may have: the arrays' own. */
  readonly taken: ReadonlySet<string>
  /** The letter that the op's line has for a unique letter. */
  readonly origins: ReadonlyMap<string, string>
  readonly arrays: ReadonlyMap<string, Node>
  /** Letters of the formula that the line is a definition for: no sum of its own may have them. */
  readonly avoided?: readonly string[]
}

type Scope = ReadonlyMap<string, string>

/** The line with readable letters, and without bounds that an axis says anyway. */
export function renameLine(line: Line, lettering: Lettering): Line {
  const scope = new Map<string, string>()
  for (const index of line.indices) if (index.kind === 'symbol') scope.set(index.name, index.name)
  const body = rename(line.body, scope, lettering)
  return { ...line, body: leadWith(body, new Set(scope.values())) }
}

/** x_{i+i′−1}, not x_{i′+i−1}: the letters of the result come first in every index. */
function leadWith(expression: Expression, letters: ReadonlySet<string>): Expression {
  const inner = mapChildren(expression, (part) => leadWith(part, letters))
  if (inner.kind !== 'access') return inner
  const leads = (term: Expression) => {
    const letter = term.kind === 'product' ? term.factors.at(-1)! : term
    return letter.kind === 'symbol' && letters.has(letter.name)
  }
  return {
    ...inner,
    indices: inner.indices.map((index) => {
      if (index.kind !== 'sum') return index
      const { terms } = index
      const first = terms.filter(leads).toSorted((a, b) => timesOf(b) - timesOf(a))
      return { kind: 'sum', terms: [...first, ...terms.filter((term) => !leads(term))] }
    }),
  }
}

/** 4 of 4k. */
const timesOf = (term: Expression): number =>
  term.kind === 'product' && term.factors[0]!.kind === 'number' ? term.factors[0]!.value : 1

function rename(expression: Expression, scope: Scope, lettering: Lettering): Expression {
  const change = (part: Expression): Expression => rename(part, scope, lettering)
  switch (expression.kind) {
    case 'symbol':
      return { kind: 'symbol', name: scope.get(expression.name) ?? expression.name }
    case 'reduction':
      return { ...expression, ...renameBinder(expression, [], scope, lettering) }
    case 'iverson':
      return {
        kind: 'iverson',
        guards: expression.guards.map((guard): Guard => {
          if (guard.kind === 'relation') return mapGuard(guard, change)
          const at = guard.at.map(change)
          return { ...guard, at, ...renameBinder(guard, at, scope, lettering) }
        }),
      }
    default:
      return mapChildren(expression, change)
  }
}

interface Binder {
  readonly variables: readonly Variable[]
  readonly body: Expression
}

function renameBinder(
  { variables, body }: Binder,
  at: readonly Expression[],
  scope: Scope,
  lettering: Lettering,
): Binder {
  const inner = new Map(scope)
  const renamed = variables.map((variable, position) => {
    const wanted = wantedLetter(variable.name, body, lettering)
    const origin = at[position]?.kind === 'symbol' ? at[position].name : undefined
    const own = lettering.origins.get(variable.name) ?? variable.name
    const used = new Set([...inner.values(), ...(lettering.avoided ?? [])])
    const letter = freeLetter(wanted, origin ?? own, used, lettering.taken)
    inner.set(variable.name, letter)
    const isSaid = variable.upTo && isExtent(variable, body, lettering)
    return variable.upTo && !isSaid
      ? { name: letter, upTo: rename(variable.upTo, scope, lettering) }
      : { name: letter }
  })
  return { variables: renamed, body: rename(body, inner, lettering) }
}

const SPARE = [...'uvpqrshlmn']

function freeLetter(
  wanted: string | undefined,
  own: string,
  used: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string {
  const bare = /^\p{Ll}′*$/u.test(own) ? [own, `${own}′`] : []
  const first = wanted === undefined ? [] : [wanted, `${wanted}′`]
  const isFree = (letter: string) => !used.has(letter) && !taken.has(letter[0]!)
  const found = [...first, ...bare, ...SPARE].find(isFree)
  if (found) return found
  let primed = `${SPARE[0]}′`
  while (used.has(primed)) primed += '′'
  return primed
}

/** The letter of the first axis that the variable indexes bare. */
function wantedLetter(name: string, body: Expression, lettering: Lettering): string | undefined {
  for (const node of nodes(body)) {
    if (node.kind !== 'access') continue
    for (const [axis, index] of node.indices.entries()) {
      const letter = lettering.letter(node.array, axis)
      if (index.kind === 'symbol' && index.name === name && letter) return letter
    }
  }
  return undefined
}

/** Whether the bound goes without saying: the longest axis that the variable indexes bare. */
function isExtent({ name, upTo }: Variable, body: Expression, { arrays }: Lettering): boolean {
  let longest = 0
  for (const node of nodes(body)) {
    if (node.kind !== 'access') continue
    // ⌊(2u + v − 3)/3⌋ leaves open where u ends.
    if (node.indices.some((index) => isRoundedWithOthers(index, name))) return false
    node.indices.forEach((index, axis) => {
      if (index.kind !== 'symbol' || index.name !== name) return
      longest = Math.max(longest, arrays.get(node.array)!.shape[axis]!)
    })
  }
  return upTo?.kind === 'number' && upTo.value === longest
}

const isRoundedWithOthers = (index: Expression, name: string): boolean =>
  [...nodes(index)].some((part) => {
    if (part.kind !== 'call' && part.kind !== 'modulo') return false
    const letters = [...nodes(part)].flatMap((each) => (each.kind === 'symbol' ? [each.name] : []))
    return letters.includes(name) && letters.some((letter) => letter !== name)
  })

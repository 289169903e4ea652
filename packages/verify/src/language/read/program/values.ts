// What names of a program stand for where they are read: their value at that place, in brackets.
import { ClaimError } from '../../syntax.ts'
import { extent, type Token } from '../tokens/tokens.ts'
import { bracket, spelling, touches } from './make.ts'
import type { Loop } from './statements.ts'

/** What a name stands for, and the loops in which it was given that. */
interface Value {
  readonly tokens: readonly Token[]
  readonly loops: readonly Loop[]
}

export type Values = Map<string, Value>

/** The tokens with what names stand for now in their place; `here`: the loops around them. */
export const reading = (
  tokens: readonly Token[],
  values: Values,
  here: readonly Loop[],
): Token[] => {
  const result: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const found = valueAt(tokens, at, values)
    if (found) {
      const span = { start: tokens[at]!.span.start, end: extent(tokens[at + found.used - 1]!).end }
      if (found.value.loops.some((loop) => !here.includes(loop)))
        throw new ClaimError('After a loop it has what its last pass gave it: not read', span)
      result.push({ ...bracket(found.value.tokens), span, ...found.scripts })
      at += found.used
      continue
    }
    const each = tokens[at++]!
    result.push(each.body ? { ...each, body: reading(each.body, values, here) } : each)
  }
  return result
}

/** The longest name from `at` that has a value. */
const valueAt = (tokens: readonly Token[], at: number, values: Values) => {
  const before = tokens[at - 1]
  if (before?.type === 'name' && touches(before, tokens[at]!)) return undefined
  let best: { used: number; value: Value; scripts: Partial<Token> } | undefined
  for (let used = 1; at + used <= tokens.length && used <= 6; used++) {
    const run = tokens.slice(at, at + used)
    if (used > 1 && !touches(run[used - 2]!, run[used - 1]!)) break
    const { superscript, ...last } = run.at(-1)!
    const value = values.get(spelling([...run.slice(0, -1), last]))
    const next = tokens[at + used]
    const goesOn = next?.type === 'name' && touches(run.at(-1)!, next)
    if (value && !goesOn) best = { used, value, scripts: superscript ? { superscript } : {} }
  }
  return best
}

export const reads = (tokens: readonly Token[], key: string): boolean => {
  const values: Values = new Map([[key, { tokens, loops: [] }]])
  return tokens.some(
    (each, at) => valueAt(tokens, at, values) !== undefined || reads(each.body ?? [], key),
  )
}

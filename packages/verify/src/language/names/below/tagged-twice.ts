// a^h_t, W_x^{(f)}: names with a script above and one below.
import type { Scope } from '../../resolved.ts'
import type { Expression, Name } from '../../syntax.ts'
import { compact } from '../layer-tags.ts'
import { withoutTranspose } from '../names.ts'

/** a^h_t and W_x^{(f)}, of which both scripts are the tag. */
export const taggedTwice = (name: Name, scope: Scope): Name | undefined => {
  const { superscript, subscript, ...plain } = name
  const turned = superscript && withoutTranspose(name, superscript.parts)
  const above = turned ? turned.superscript?.parts : superscript?.parts
  const parts = [...(above ?? []), ...(subscript?.parts ?? [])]
  const tag = parts.map(compact).join()
  if (
    parts.length !== 2 ||
    !scope.names.some((each) => each.base === name.base && each.tag === tag)
  )
    return undefined
  const last: Expression[] = turned ? [{ kind: 'name', base: 'T', primes: 0, span: name.span }] : []
  return {
    ...plain,
    superscript: { parts: [...parts, ...last], parenthesised: true, span: name.span },
  }
}

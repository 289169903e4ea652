// K_{rot180} and K^{flip}, where the graph has K and nothing that is called so: rot180(K).
import type { Scope } from '../../resolved.ts'
import type { Expression, Name } from '../../syntax.ts'
import { wordsBelow } from '../../word-below.ts'

const wordIn = (script: Name['subscript']): string | undefined => {
  const [word, ...others] = script?.parts ?? []
  if (word?.kind !== 'name' || word.superscript || word.subscript || others.length > 0)
    return undefined
  return wordsBelow.get(word.base) === 'turned' ? word.base : undefined
}

export const turnedByHalf = (name: Name, { names }: Scope): Expression | undefined => {
  const { superscript, subscript, ...plain } = name
  const [above, below] = [wordIn(superscript), wordIn(subscript)]
  if ((above === undefined) === (below === undefined) || name.primes > 0) return undefined
  const own = names.filter(({ base }) => base === name.base)
  const isKernel =
    own.some(({ rank }) => rank > 1) && !own.some(({ tag }) => tag === above || tag === below)
  if (!isKernel) return undefined
  const rest =
    above === undefined
      ? { ...(superscript && { superscript }) }
      : { ...(subscript && { subscript }) }
  return { kind: 'call', word: 'rot180', operands: [{ ...plain, ...rest }], span: name.span }
}

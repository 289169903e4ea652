// The layers that a claim about every layer speaks of: which values l may have.
import { type Layers, tagText } from '../names/layer-tags.ts'
import type { Scope } from '../resolved.ts'
import { type Claim, ClaimError, type Comparison, type Expression, type Name } from '../syntax.ts'
import { childNodes } from '../walk.ts'

const namesIn = (node: object): Name[] =>
  childNodes<Expression>(node).flatMap((child) => [
    ...(child.kind === 'name' ? [child] : []),
    ...namesIn(child),
  ])

/** Bounds the work that a claim about every layer can make. */
const mostInstances = 400

const layerLetters = ['l', 'L'] as const

/** Letters of layers among the superscripts; `above`: is l+1 written? */
const symbolicLayers = (claim: Claim): { letters: Set<string>; above: Set<string> } => {
  const letters = new Set<string>()
  const above = new Set<string>()
  for (const { superscript } of namesIn(claim))
    for (const part of superscript?.parts ?? []) {
      const terms = part.kind === 'addition' ? part.terms : [part]
      for (const term of terms) {
        if (term.kind !== 'name' || !(layerLetters as readonly string[]).includes(term.base))
          continue
        letters.add(term.base)
        if (terms.some((other) => other.kind === 'numeral')) above.add(term.base)
      }
    }
  return { letters, above }
}

/** Where l may be: the numbers that tags have; L is the last unless L + 1 is written too. */
export const layerValues = (claim: Claim, scope: Scope): ReadonlyMap<string, number>[] => {
  const { letters, above } = symbolicLayers(claim)
  const numbers = scope.names.flatMap(({ tag }) => (/^\d{1,4}$/.test(tag) ? [Number(tag)] : []))
  if (letters.size === 0 || numbers.length === 0) return []
  const last = Math.max(...numbers)
  // Where some layer has the tag l − 1, l or l + 1.
  const near = new Set(numbers.flatMap((number) => [number - 1, number, number + 1]))
  const all = [...near].filter((layer) => layer >= 0).sort((a, b) => a - b)
  const valuesOf = (letter: string) => (letter === 'L' && !above.has('L') ? [last] : all)
  const count = [...letters].reduce((product, letter) => product * valuesOf(letter).length, 1)
  if (count > mostInstances)
    throw new ClaimError(`At most ${mostInstances} layers are tried, here are ${count}`, claim.span)
  return [...letters].reduce<ReadonlyMap<string, number>[]>(
    (maps, letter) =>
      maps.flatMap((map) => valuesOf(letter).map((value) => new Map([...map, [letter, value]]))),
    [new Map()],
  )
}

/** l = 2 of ‘for l = 2’. */
export const layerConditions = ({ when = [] }: Claim): readonly Comparison[] =>
  when.flatMap((bracket) =>
    bracket.kind === 'iverson'
      ? bracket.conditions.filter((each) => each.kind === 'comparison')
      : [],
  )

/** Whether some name of the claim that has the letter of a layer is there at these layers. */
export const speaksOf = (claim: Claim, { names }: Scope, layers: Layers): boolean =>
  namesIn(claim).some(({ base, superscript }) => {
    if (!superscript) return false
    const tag = tagText(superscript.parts, layers)
    if (tag === tagText(superscript.parts, new Map())) return false
    return names.some((each) => (each.base === base || base === 'δ') && each.tag === tag)
  })

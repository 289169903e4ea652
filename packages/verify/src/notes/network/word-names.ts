// Entries of arrays whose names are words: net_j = Σ_i w_{ij} o_i, out_j = σ(net_j). Where a letter
// of such a name stands under a Σ or beside entries, it is an index; elsewhere the name is whole.
import { parseName } from '@backprove/graph'
import type { NetworkLine } from '../../document/network/lines.ts'
import { type NetworkExpression, withParts } from '../../document/network/tree.ts'

const pattern = /^(\p{L}[\p{L}\d]+)_\{?([i-n]{1,3})\}?$/u

const wordOf = (name: string): readonly [word: string, letters: readonly string[]] | undefined => {
  const [, word, letters] = pattern.exec(name) ?? []
  return word && letters ? [word, [...letters]] : undefined
}

/** The names in an expression, and the letters of its sums. */
const within = (node: NetworkExpression, names: string[], letters: Set<string>): void => {
  if (node.kind === 'name') names.push(node.name)
  if (node.kind === 'sum') for (const { name } of node.letters) letters.add(name)
  withParts(node, (each) => {
    within(each, names, letters)
    return each
  })
}

interface Seen {
  readonly line: NetworkLine
  readonly names: readonly string[]
  readonly letters: Set<string>
}

const seenIn = (line: NetworkLine): Seen => {
  const names = [line.name]
  const letters = new Set<string>()
  if (line.kind === 'op') within(line.value, names, letters)
  return { line, names, letters }
}

const unbraced = /^([^_{}^]+)_(\p{Ll}{2,3})$/u

const lettersOf = (name: string): readonly string[] => [
  ...(unbraced.exec(name)?.[2] ?? parseName(name).letters.join('')),
]

/** m_jk = Σ_i W_ki h_ij of arrays W and h, as m_{jk} = Σ_i W_{ki} h_{ij}. */
const withBraces = (lines: readonly NetworkLine[]): readonly NetworkLine[] => {
  const made = new Set(lines.flatMap(({ name }) => [name, parseName(name).bare]))
  const braced = (name: string, isLetter: (letter: string) => boolean): string => {
    const [, base, letters] = unbraced.exec(name) ?? []
    return letters && [...letters].every(isLetter) ? `${base}_{${letters}}` : name
  }
  return lines.map((line) => {
    if (line.kind !== 'op') return line
    const { names, letters } = seenIn(line)
    const [, ...read] = names
    const standing = new Set(
      read.filter((each) => !made.has(each)).flatMap((each) => lettersOf(each)),
    )
    const name = braced(line.name, (letter) => standing.has(letter) && !letters.has(letter))
    if (name !== line.name) made.add(parseName(name).bare)
    const bound = new Set([...letters, ...parseName(name).letters])
    const change = (node: NetworkExpression): NetworkExpression => {
      if (node.kind !== 'name' || made.has(node.name)) return withParts(node, change)
      const other = braced(node.name, (letter) => bound.has(letter))
      return made.has(parseName(other).bare) ? { ...node, name: other } : node
    }
    return { ...line, name, value: change(line.value) }
  })
}

/** First signs of a script in which nobody names arrays: each stands for a word. */
const firstSign = 0x1401

/** The lines with a sign for each such word; `spelled`: the word of a name that begins with one. */
export const withWords = (written: readonly NetworkLine[]) => {
  const lines = withBraces(written)
  const seen = lines.map(seenIn)
  const all = seen.flatMap(({ names }) => names)
  const made = new Set(lines.map(({ name }) => name))
  const words: string[] = []
  const isOne = (word: string): boolean =>
    all.every((name) => !name.startsWith(`${word}_`) || wordOf(name)?.[0] === word) &&
    [...made].filter((name) => (wordOf(name)?.[0] ?? name) === word).length === 1 &&
    lines.every((line) => {
      const [own, letters] = wordOf(line.name) ?? []
      return line.kind !== 'leaf' || own !== word || line.shape.length === letters!.length
    })
  for (let before = -1; before < words.length; ) {
    before = words.length
    for (const { line, names, letters } of seen) {
      if (line.kind !== 'op') continue
      for (const name of names) {
        const [word] = wordOf(name) ?? []
        const own = word && words.includes(word) ? wordOf(name)![1] : parseName(name).letters
        for (const letter of own) letters.add(letter)
      }
      for (const name of names) {
        const [word, own] = wordOf(name) ?? []
        if (!word || words.includes(word) || !own!.some((each) => letters.has(each))) continue
        if (isOne(word)) words.push(word)
      }
    }
  }
  const renamed = (name: string): string => {
    const [word = name, letters] = wordOf(name) ?? []
    const at = words.indexOf(word)
    if (at < 0) return name
    return `${String.fromCodePoint(firstSign + at)}${letters ? `_{${letters.join('')}}` : ''}`
  }
  const changed = (node: NetworkExpression): NetworkExpression =>
    node.kind === 'name' ? { ...node, name: renamed(node.name) } : withParts(node, changed)
  return {
    lines: lines.map((line): NetworkLine => {
      const name = renamed(line.name)
      return line.kind === 'op' ? { ...line, name, value: changed(line.value) } : { ...line, name }
    }),
    spelled: (name: string): string | undefined => words[name.codePointAt(0)! - firstSign],
  }
}

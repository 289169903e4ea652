// What notebooks and papers have around a network, as plain lines of it, each as long as before:
// entries of a dictionary are arrays, and commands of LaTeX are signs.

import { asEvaluated } from './training.ts'

const blank = (text: string): string => text.replaceAll(/[^\n]/g, ' ')

/** params['W1'] */
const entry = /(?:\bself\.)?\b([A-Za-z]\w*)\[\s*(["'])([A-Za-z]\w*)\2\s*\]/g

/** W1 of params['W1']; params_W1 where another array is called so, and is not this one. */
const namesIn = (text: string): ReadonlyMap<string, string> => {
  const all = [...text.matchAll(entry)].map(([, owner, , key]) => [owner!, key!] as const)
  const others = text.replaceAll(/\b(\w+)\s*=\s*(?:self\.)?\w+\[\s*(["'])\1\2\s*\]/g, '')
  const isTaken = (key: string) =>
    new Set(all.flatMap((each) => (each[1] === key ? [each[0]] : []))).size > 1 ||
    new RegExp(`(?<![\\w.'"])${key}\\s*(?:,[^=\\n]*)?[-+*/@]?=(?!=)`).test(others)
  return new Map(
    all.map(([owner, key]) => [`${owner} ${key}`, isTaken(key) ? `${owner}_${key}` : key]),
  )
}

/** An entry at the beginning of a line has spaces behind it, others before. */
const withoutEntries = (text: string, names: ReadonlyMap<string, string>): string => {
  if (names.size === 0) return text
  const read = text.replaceAll(entry, (all, owner: string, _, key: string, at: number) => {
    const name = names.get(`${owner} ${key}`)!
    return /(?:^|[\n;])[ \t]*$/.test(text.slice(0, at))
      ? name.padEnd(all.length)
      : name.padStart(all.length)
  })
  return read.replaceAll(/(?<=^|[\n;])[ \t]*(\w+)[ \t]*=[ \t]*\1[ \t]*(?=$|[\n;])/g, blank)
}

/** The place of the bracket that closes the one at `open`, and of the commas in it. */
const within = (text: string, open: number): readonly [end: number, commas: readonly number[]] => {
  const commas: number[] = []
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if ('([{'.includes(text[at]!)) depth++
    if (')]}'.includes(text[at]!) && --depth === 0) return [at, commas]
    if (text[at] === ',' && depth === 1) commas.push(at)
  }
  return [-1, commas]
}

const key = /(?<=^|[;\n])(\s*)(["'])([A-Za-z]\w*)\2(\s*):/g

/** params = {'W1': …, 'b1': …} as a line for each, and params = {} as none. */
const withoutDictionaries = (text: string): string => {
  let read = text
  for (const { 0: head, index } of text.matchAll(
    /^[ \t]*[A-Za-z]\w*[ \t]*=[ \t]*(?:\{|dict\()/gm,
  )) {
    const from = index + head.length
    const [end, commas] = within(text, from - 1)
    const parts = [...text.slice(from, end)]
    for (const at of commas) parts[at - from] = ';'
    const inner = parts.join('')
    const lines = head.endsWith('{') ? inner.replaceAll(key, '$1$3 $4 =') : inner
    const isOne = /^\s*$/.test(inner) || lines !== inner || head.endsWith('(')
    if (end > 0 && parts.length === end - from && isOne)
      read = `${read.slice(0, index)}${blank(head)}${lines} ${read.slice(end + 1)}`
  }
  return read
}

/** Signs of LaTeX, and what they are in a program; never longer. */
const commands: readonly (readonly [RegExp, string])[] = [
  [/\\(?:mathbf|boldsymbol|mathrm|operatorname|text|mathit|bm)\s*\{([^{}]*)\}/g, '$1'],
  [/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '(($1)/($2))'],
  [/\\sqrt\s*\{([^{}]*)\}/g, 'sqrt($1)'],
  [/\\(?:left|right|[Bb]igg?[lr]?)(?![A-Za-z])/g, ''],
  [/\\[lr]?[Vv]ert(?![A-Za-z])|\\\|/g, '‖'],
  [/\\(?:odot|circ)(?![A-Za-z])/g, '⊙'],
  [/\\cdot(?![A-Za-z])/g, '·'],
  [/\\sum(?![A-Za-z])/g, 'Σ'],
  [/\^(?:\{\s*(?:\\top|T)\s*\}|\\top)(?![A-Za-z])/g, '^T'],
  [/\\(tanh|log|exp|ln|max|min|sin|cos)(?![A-Za-z])/g, '$1'],
  [/\\[,;:!]|\\q?quad(?![A-Za-z])/g, ''],
]

const inSigns = (line: string): string =>
  commands.reduce((text, [pattern, sign]) => text.replace(pattern, sign), line).padEnd(line.length)

/** The same network without dictionaries and LaTeX. */
export const plainly = (text: string): string =>
  asEvaluated(withoutEntries(withoutDictionaries(text), namesIn(text)))
    .split('\n')
    .map(inSigns)
    .join('\n')

// Text that is nearly that of a formula: lines of MATLAB, names of programs beside \\circ. At the
// same length, so that every place stays where it was.
import type { Known } from './lines.ts'

/** d_c_bar = d_h * u of arrays h and c_bar: dc_bar = dh * u, at the same length. */
export const withDifferentials = (text: string, { words = [], letters = [] }: Partial<Known>) =>
  /^\s*d_[A-Za-z]/.test(text)
    ? text.replace(/\bd_([A-Za-z])(\w*)/g, (all, letter: string, rest: string) => {
        const isArray = letters.includes(letter) || [...letters, ...words].includes(letter + rest)
        return isArray && !words.includes(all) ? ` d${letter}${rest}` : all
      })
    : text

const plainSigns: Readonly<Record<string, string>> = { circ: '∘', odot: '⊙', cdot: '·', times: '×' }

/** d_c_bar = d_h \\circ (1 - u): text, but for signs that LaTeX has words for. */
const withPlainSigns = (text: string): string => {
  const commands = text.match(/\\[A-Za-z]+/g) ?? []
  const arePlain = commands.every((command) => command.slice(1) in plainSigns)
  const isOfWords = /(?:^|[^\w])\w+_\w+_\w/.test(text) || /^\s*d_[A-Za-z]/.test(text)
  if (!isOfWords || commands.length === 0 || !arePlain || /[{}$]/.test(text)) return text
  return text.replace(/\\([A-Za-z]+)/g, (all, name) => plainSigns[name]!.padEnd(all.length))
}

/** grad = (1/m) .* X' * (h - y); in σ'(z) the prime is that of a function. */
const ofMatlab = /\.[*/^]|[\w)]'\s*\*/

/** X' is a transpose, ./ is entry by entry as / is. */
const fromMatlab = (text: string): string =>
  !text.includes('\\') && ofMatlab.test(text)
    ? text.replace(/(?<=[\w)])'(?![('])/g, 'ᵀ').replace(/\.\//g, '/ ')
    : text

export const plainText = (text: string): string => withPlainSigns(fromMatlab(text))

// What of a sentence is mathematics, as verdicts print it in plain letters (w^F_{uv}, √(v + ε)):
// told apart and in LaTeX; words stay words.

/** Words, or what is set as a formula. */
export type Part = string | { readonly tex: string }

interface Atom {
  readonly text: string
  readonly kind: 'word' | 'operand' | 'sign'
  /** Whether it is mathematics wherever it stands. */
  readonly isSure: boolean
  readonly start: number
  readonly end: number
}

const BREAK = /[\s\p{Script=Han}，。；：、（）“”]/u
const OPEN = '([{⌊⌈'
const CLOSE = ')]}⌋⌉'
const SURE = /[\^∂√∏∑]|\p{L}_|\p{Script=Greek}/u
const SIGN = /^(?:[=+\-−·⊙≠≤≥<>≈∈→⊗]|[*∗](?:_\w+)?)$/u
const OPERAND =
  /^(?:\p{L}[\p{L}\d]*\(.*\)|-?\d+(?:[./]\d+)?|\p{L}['′]*(?:\.\p{L}|\.\d)?|\[[\d\s,.-]*\]|…)$/u
const RELATION = /[=≠≤≥<>≈∈]/u

/** The sentence in parts: joined they say the same. */
export function partsOf(sentence: string): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const run of runsIn(sentence)) {
    const [start, end] = [run[0]!.start, run.at(-1)!.end]
    parts.push(sentence.slice(at, start), ...piecesOf(sentence.slice(start, end)))
    at = end
  }
  return [...parts, sentence.slice(at)].filter((part) => part !== '')
}

/** Longest rows of operands and signs that are mathematics for sure. */
function runsIn(sentence: string): Atom[][] {
  const runs: Atom[][] = []
  let run: Atom[] = []
  const close = (): void => {
    while (run[0]?.kind === 'sign') run.shift()
    while (run.at(-1)?.kind === 'sign') run.pop()
    const isRelation = run.length > 2 && run.some(({ text }) => RELATION.test(text))
    if (isRelation || run.some(({ isSure }) => isSure)) runs.push(run)
    run = []
  }
  for (const atom of atomsOf(sentence)) {
    const last = run.at(-1)
    const between = last ? sentence.slice(last.end, atom.start) : ''
    const isList = between === ', ' && (atom.text === '…' || last?.text === '…')
    if (between.trim() !== '' && !isList) close()
    if (atom.kind === 'word') close()
    else run.push(atom)
  }
  close()
  return runs
}

/** What stands between spaces, brackets whole, without the punctuation around it. */
function atomsOf(sentence: string): Atom[] {
  const atoms: Atom[] = []
  for (let k = 0; k < sentence.length; ) {
    if (BREAK.test(sentence[k]!)) {
      k++
      continue
    }
    const end = endOf(sentence, k)
    const written = sentence.slice(k, end)
    const text = written.replace(/[,.;:!?’]+$/u, '')
    const isPlain = /[\\"$`‘:]|\.\p{L}{2,}$/u.test(text)
    const isSure = !isPlain && SURE.test(text)
    const isSign = SIGN.test(text)
    const kind = isSign ? 'sign' : isSure || OPERAND.test(text) ? 'operand' : 'word'
    if (text !== '') atoms.push({ text, kind, isSure, start: k, end: k + text.length })
    k = end
  }
  return atoms
}

/** Brackets around what is said in words: [a_ij is its block's maximum]. */
const areWords = (text: string): boolean => /\s\p{L}{2,}(?:['’]\p{L})?\s\p{L}{2,}/u.test(text)

/** A bracket that is open for longer closes nothing that is read: a text may be anybody's. */
const MOST = 300

function endOf(text: string, from: number): number {
  const sentence = text.slice(0, from + MOST)
  let depth = 0
  let first = 0
  for (let k = from; k < sentence.length; k++) {
    const character = sentence[k]!
    if (BREAK.test(character)) {
      first ||= k
      if (depth === 0) return areWords(sentence.slice(from, k)) ? first : k
    } else if (OPEN.includes(character)) depth++
    else if (CLOSE.includes(character)) depth--
    if (depth < 0) return k === from ? k + 1 : k
  }
  const isWhole = depth === 0 && !areWords(sentence.slice(from))
  return isWhole || first === 0 ? sentence.length : first
}

/** Beyond this a line is broken behind a relation and before a sign, outside of brackets. */
const LONG = 24

const piecesOf = (run: string): Part[] => {
  const pieces: string[] = []
  for (const part of run.length > LONG ? run.split(/(?<=\s[=≠≤≥<>≈]) | (?=[-+−·⊙] )/u) : [run]) {
    const open = pieces.at(-1)
    if (open === undefined || isClosed(open)) pieces.push(part)
    else pieces[pieces.length - 1] = `${open} ${part}`
  }
  return pieces.flatMap((piece, k): Part[] => [...(k > 0 ? [' '] : []), { tex: texOf(piece) }])
}

const isClosed = (piece: string): boolean => {
  const depth = (sum: number, character: string): number =>
    sum + Number(OPEN.includes(character)) - Number(CLOSE.includes(character))
  return [...piece].reduce(depth, 0) === 0
}

const SIGNS: Readonly<Record<string, string>> = {
  ...{ '∂': '\\partial ', Σ: '\\sum ', '∏': '\\prod ', '·': '\\cdot ', '⊙': '\\odot ' },
  ...{ '≠': '\\ne ', '≤': '\\le ', '≥': '\\ge ', '∗': '\\ast ', '*': '\\ast ', '−': '-' },
  ...{ '⌊': '\\lfloor ', '⌋': '\\rfloor ', '⌈': '\\lceil ', '⌉': '\\rceil ', '…': '\\dots ' },
}

/** Scripts in braces and without, and names of several letters. */
const WORDS = /[\^_]\{[^{}]*\}|([\^_])([\p{L}\d]+|⊤)|(?<![\\\p{L}])\p{L}{2,}\d*/gu

/** What is printed in plain letters, in LaTeX. */
function texOf(plain: string): string {
  return rooted(plain)
    .replaceAll(WORDS, (word, script, below) => {
      if (word.includes('{')) return word
      if (script === undefined) return `\\operatorname{${word}}`
      return /^\p{Ll}{3,}$/u.test(below) ? `${script}{\\mathrm{${below}}}` : `${script}{${below}}`
    })
    .replaceAll(/[∂Σ∏·⊙≠≤≥∗*−⌊⌋⌈⌉…]/gu, (sign) => SIGNS[sign]!)
}

/** √(v + ε) as a root over all that stands in its brackets. */
function rooted(plain: string): string {
  const at = plain.indexOf('√(')
  if (at < 0) return plain.replaceAll(/√(\p{L}|\d+)/gu, '\\sqrt{$1}')
  const end = endOf(plain, at + 1)
  let depth = 0
  for (let k = at + 1; k < end; k++) {
    if (plain[k] === '(') depth++
    if (plain[k] === ')' && --depth === 0) {
      const inside = rooted(plain.slice(at + 2, k))
      return `${plain.slice(0, at)}\\sqrt{${inside}}${rooted(plain.slice(k + 1))}`
    }
  }
  return plain
}

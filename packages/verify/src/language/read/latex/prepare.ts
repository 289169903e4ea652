// What LaTeX documents have and KaTeX has not, rewritten at the same length, so that every place
// stays where it was: labels and tags, environments of amsmath, fonts, quoted words.

const blank = (text: string): string => ' '.repeat(text.length)

/** Where the brace at `open` closes, just after it; the end of the text where it never does. */
const afterBraces = (text: string, open: number): number => {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at + 1
  }
  return text.length
}

/** A name for a formula, or its number: they say nothing about it. */
const labelled = /\\(?:label|tag\*?|eqref|vspace\*?|hspace\*?(?=\{[^{}]*(?:ex|pt|mu)\}))\s*\{/g

const withoutLabels = (text: string): string => {
  let result = ''
  let from = 0
  for (const match of text.matchAll(labelled)) {
    if (match.index < from) continue
    const end = afterBraces(text, match.index + match[0].length - 1)
    result += text.slice(from, match.index) + blank(text.slice(match.index, end))
    from = end
  }
  return result + text.slice(from)
}

/** Environments of several lines, which `aligned` is as well; it is never longer. */
const ofLines = /\\(begin|end)\{(eqnarray\*?|multline\*?|flalign\*?|alignat\*?|IEEEeqnarray\*?)\}/g
/** Bars around the entries of an array are brackets: nobody writes determinants here. */
const bars = /\\(begin|end)\{([vV])matrix\}/g

/** Environments around one formula. */
const ofOne = /\\(?:begin|end)\{(?:displaymath|math|dmath\*?|subequations)\}/g

const aligned = (text: string): string =>
  text
    .replace(/\\begin\{(?:alignat\*?|IEEEeqnarray\*?)\}\{[^{}]*\}/g, (all) =>
      '\\begin{aligned}'.padEnd(all.length),
    )
    .replace(ofLines, (all, side: string) => `\\${side}{aligned}`.padEnd(all.length))
    .replace(ofOne, blank)
    .replace(bars, (_, side: string) => `\\${side}{bmatrix}`)

/** Commands of other packages, and what KaTeX calls the same; never longer. */
const commands: readonly (readonly [RegExp, string])[] = [
  [/\\text\{-\}/g, '-'],
  [/\\(?:hfill|eqno)(?![A-Za-z])/g, '\\quad'],
  [/\\(?:mathds|mathbbm|mathbbold)(?![A-Za-z])/g, '\\mathbb'],
  [/\\(?:mathbit|mathbfit|boldmath)(?![A-Za-z])/g, '\\mathbf'],
  [/\\ensuremath(?![A-Za-z])/g, ''],
  [/\\(?:stackrel|overset)\s*\{\s*\\sim\s*\}/g, '\\tilde'],
  [/\\(?:bigtriangledown|triangledown)(?![A-Za-z])/g, '\\nabla'],
  // σ\prime(z), which stands on the line without its ^.
  [/(?<=[A-Za-z}\])])\s*\\prime(?![A-Za-z])/g, "'"],
  // Sizes of letters, and of the one bracket in braces after them.
  [
    /\\(?:large|Large|LARGE|huge|Huge|small|normalsize|footnotesize|scriptsize|tiny)\s*\{\s*\(\s*\}/g,
    '(',
  ],
  [
    /\\(?:large|Large|LARGE|huge|Huge|small|normalsize|footnotesize|scriptsize|tiny)\s*\{\s*\)\s*\}/g,
    ')',
  ],
  [
    /\\(?:large|Large|LARGE|huge|Huge|small|normalsize|footnotesize|scriptsize|tiny)(?![A-Za-z])/g,
    '',
  ],
  [/\\(?:qedhere|mbox\{\}|allowbreak|nobreak|noindent|centering|par)(?![A-Za-z])/g, ''],
]

/** 'full' and "full" are words; KaTeX would take the quotes for primes. */
const quoted = /(['"‘’“”`])(full|valid|same)(['"‘’“”`]{1,2})/g

/** row_sum and one_hot, where a low line is no subscript, at the same length. */
const ofTwoWords = /(?<![\p{L}])(row|col|one)(?:\\?_|-)(sum|hot)(?=\s*\}?\s*\()/gu

export const withoutLowLines = (text: string): string =>
  /sum|hot/.test(text)
    ? text.replace(ofTwoWords, (all, first: string, second: string) =>
        `${first}${second}`.padEnd(all.length),
      )
    : text

/** A word in quotes without them, at the same length: conv2(A, B, 'full'). */
export const withoutQuotes = (text: string): string =>
  text.replace(
    quoted,
    (_, open: string, word: string, close: string) => `${blank(open)}${word}${blank(close)}`,
  )

const operators =
  /^\\(?:[cl]?dots|[cdl]?dot|times|odot|ast|star|circ|otimes|q?quad|text|[lg]eq?|approx|equiv|implies|(?:Long)?[Rr]ightarrow|therefore|in|right|[,;:!> ])(?![A-Za-z])/

/** What a new line begins with continues the one before: an operator, or no equation of its own. */
const goesOn = (first: string, rest: string): boolean => {
  if (first !== '\\') return first === '' || '=+-<>&'.includes(first)
  let [line = ''] = rest.split('\\\\')
  for (let before = ''; before !== line; ) [before, line] = [line, line.replace(/\{[^{}]*\}/g, '')]
  return operators.test(rest) || !line.includes('=')
}

/** A new line outside of an environment: the formula goes on, or another one begins. */
const withoutLines = (text: string): string =>
  /\\(?:begin|substack)\b/.test(text)
    ? text
    : text
        .replace(/\\\\\s*$/, blank)
        .replace(
          /\\\\(\s*\[-?[\d.]+(?:pt|e[mx]|[mc]m)\]\s*|\s+)(?=(\S?))/g,
          (all, _, after: string, at: number) =>
            (goesOn(after, text.slice(at + all.length)) ? '' : ';').padEnd(all.length),
        )
        // What aligns it with its neighbours, where it was taken out of their environment.
        .replace(/(?<!\\)&/g, ' ')

/** {}^tW of French texts is W^T. */
const turnedBefore =
  /(?:\{\}|(?<=^|[\s(=+,]))\^(?:[tT]|\{[tT]\}|\{\\top\}|\\top)\s*(\\[A-Za-z]+|[A-Za-z])(?![A-Za-z{])/g

const withTransposesBehind = (text: string): string =>
  text.replace(turnedBefore, (all, name: string) => `${name}^T`.padEnd(all.length))

/** What stands for the low line of \\text{inv\\_std}, where KaTeX has none. */
export const lowLine = 'ˍ'

const wordsWithLines = /\\(?:text\w*|math(?:rm|it|tt|bf)|bm|boldsymbol|operatorname)\s*\{\w*_\w*\}/g

/** The LaTeX that KaTeX reads, character for character where it was. */
export const prepared = (text: string): string =>
  commands.reduce(
    (read, [pattern, plain]) => read.replace(pattern, (all) => plain.padEnd(all.length)),
    withTransposesBehind(aligned(withoutLabels(withoutLines(text)))).replace(
      wordsWithLines,
      (all) => all.replaceAll('_', lowLine),
    ),
  )

/** Commands that packages and notes define, as KaTeX has them. */
export const macros: Readonly<Record<string, string>> = {
  '\\norm': '\\lVert #1\\rVert',
  '\\abs': '\\lvert #1\\rvert',
  '\\part': '\\partial',
  '\\pdv': '\\frac{\\partial #1}{\\partial #2}',
  '\\dv': '\\frac{d #1}{d #2}',
  '\\grad': '\\nabla',
  '\\vect': '\\mathbf{#1}',
  '\\mat': '\\mathbf{#1}',
  '\\bigstar': '\\star',
  '\\coloneq': '\\coloneqq',
  '\\defeq': '\\coloneqq',
  '\\eqdef': '\\coloneqq',
  '\\diag': '\\operatorname{diag}',
  '\\softmax': '\\operatorname{softmax}',
  '\\relu': '\\operatorname{relu}',
  '\\ReLU': '\\operatorname{relu}',
  '\\sigmoid': '\\operatorname{sigmoid}',
  '\\sgn': '\\operatorname{sign}',
  '\\sign': '\\operatorname{sign}',
  '\\tr': '\\operatorname{tr}',
  '\\Tr': '\\operatorname{tr}',
  '\\loss': '\\mathcal{L}',
}

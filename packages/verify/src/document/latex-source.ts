// What LaTeX does not set, taken out of a LaTeX document at the same length: comments, listings but
// for a network in one, and what stands behind its end.

const definitions = String.raw`(?:%|\\(?:re|provide)?newcommand|\\def|\\let|\\DeclareMathOperator)`
const structure = String.raw`\\(?:documentclass|RequirePackage|usepackage|input|title|author)`
const parts = String.raw`\\(?:part|chapter|(?:sub)*section|begin\{document\})`

/** Its first line, but for comments and definitions, is none that Markdown has. */
const opening = new RegExp(
  String.raw`^\s*(?:${definitions}[^\n]*\n\s*)*(?:${structure}|${parts})(?![a-zA-Z])`,
)

export const isLatexSource = (text: string): boolean => opening.test(text)

const notSet: readonly RegExp[] = [
  /\\begin\{(verbatim|lstlisting|minted|comment)(\*?)\}[\s\S]*?\\end\{\1\2\}/g,
  /\\(?:verb|lstinline)\*?([^\sa-zA-Z*])[^\n]*?\1/g,
]

/** A comment to its line's end; what this project is told stands in one: % <!-- expect: … -->. */
const comment = /((?:^|[^\\])(?:\\\\)*)(%(?![^\n]*<!--)[^\n]*)/gm

const blank = (text: string): string => text.replace(/[^\n]/g, ' ')

/** A listing; but a ```network in one is the network. */
const unset = (part: string): string =>
  /^```network\b/m.test(part) ? part.replace(/^\\begin.*|\\end.*$/g, blank) : blank(part)

export const withoutComments = (text: string): string => {
  const bare = notSet
    .reduce((rest, each) => rest.replace(each, unset), text)
    .replace(comment, (_, before: string, rest: string) => before + blank(rest))
  const end = bare.indexOf('\\end{document}')
  return end < 0 ? bare : bare.slice(0, end) + blank(bare.slice(end))
}

// A program cut into its statements: lines, but for those inside of brackets, what ; separates, and
// the bodies of loops, each with the loops that it stands in. Text only; nothing is read here.
import { ClaimError } from '../../syntax.ts'

/** for i in range(1, T): the letter, and what stands in the brackets of range. */
export interface Loop {
  readonly letter: string
  readonly range: string
  /** Which line it begins at: two loops over i are two. */
  readonly at: number
}

export interface Statement {
  /** With blanks before it, so that its places are those of the program. */
  readonly text: string
  readonly loops: readonly Loop[]
}

interface Line {
  readonly start: number
  readonly text: string
}

/** Cut at the ends of lines and at ; where no bracket is open. */
const linesOf = (program: string): Line[] => {
  const lines: Line[] = []
  let [depth, start] = [0, 0]
  const cut = (end: number) => {
    lines.push({ start, text: program.slice(start, end) })
    start = end + 1
  }
  for (const [at, character] of [...program].entries()) {
    if ('([{'.includes(character)) depth++
    if (')]}'.includes(character)) depth--
    if ((character === '\n' || character === ';') && depth <= 0) cut(at)
  }
  cut(program.length)
  return lines.filter(({ text }) => text.trim() !== '')
}

const header =
  /^(\s*)for\s+([A-Za-z])\s+in\s+(?:reversed\(\s*)?range\(((?:[^()]|\([^()]*\))*)\)\s*\)?\s*:(.*)$/s
const otherBlock = /^\s*(?:for|while|if|elif|else|def|with|class|return|import|from)\b.*:?\s*$/s

const mostLoops = 4

/** @throws ClaimError at a block that is no loop over a range. */
export const statementsIn = (program: string): Statement[] => {
  const open: { readonly indent: number; readonly loop: Loop }[] = []
  const found: Statement[] = []
  // After ; on a line the line goes on: its indent is that of the line.
  let [indent, lineEnd] = [0, -1]
  for (const { start, text } of linesOf(program)) {
    const isNewLine = program.slice(lineEnd + 1, start).includes('\n') || found.length === 0
    if (isNewLine || program[start - 1] === '\n') {
      indent = text.search(/\S/)
      while (open.length > 0 && indent <= open.at(-1)!.indent) open.pop()
    }
    lineEnd = start + text.length
    let rest = text
    let from = start
    for (let match = header.exec(rest); match; match = header.exec(rest)) {
      const [all, , letter, range, body] = match
      if (open.length >= mostLoops)
        throw new ClaimError(`Loops nest at most ${mostLoops} deep`, { start, end: lineEnd })
      open.push({ indent, loop: { letter: letter!, range: range!.trim(), at: from } })
      from += all.length - body!.length
      rest = body!
    }
    if (rest.trim() === '') continue
    if (otherBlock.test(rest))
      throw new ClaimError('A block of a program is read where it is for i in range(…)', {
        start: from + rest.search(/\S/),
        end: from + rest.trimEnd().length,
      })
    found.push({ text: ' '.repeat(from) + rest, loops: open.map(({ loop }) => loop) })
  }
  return found
}

// The one error of the notation's readers: what is wrong, in which text, where. Shapes have theirs.

/** A text that is no line (or expression) of the notation; `position` counts code units from 0. */
export class NotationError extends Error {
  readonly text: string
  readonly position: number

  constructor(reason: string, text: string, position = 0) {
    super(`${reason}\n  ${excerpt(text, position)}`)
    this.name = 'NotationError'
    this.text = text
    this.position = position
  }
}

/** The neighbourhood of a position, a caret under it: a long hostile text stays out of messages. */
function excerpt(text: string, position: number): string {
  const from = Math.max(0, position - 40)
  const shown = text.slice(from, position + 40).replaceAll(/\s/g, ' ')
  return `${shown}\n  ${' '.repeat(position - from)}^`
}

/** A line that does not fit the shapes or symbols it is read with. */
export class LineError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LineError'
  }
}

/** A size that is not an integer, or that mentions a name without a value. */
export class SizeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SizeError'
  }
}

// Where output goes: a terminal that can redraw a line and show colour, or a pipe that cannot.

export interface Screen {
  /** Whether a line can be drawn over. */
  readonly interactive: boolean
  readonly columns: number
  /** What a table may take: a wide terminal is used; a file gets a hundred. */
  readonly tableColumns: number
  line(text?: string): void
  /** Draws over the current line; in a pipe, nothing. */
  redraw(text: string): void
  /** Ends the line that was drawn over. */
  settle(): void
  bold(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
}

interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** `FORCE_COLOR` decides where it is set, then `NO_COLOR`, then whether this is a terminal. */
const isColoured = ({ FORCE_COLOR, NO_COLOR }: NodeJS.ProcessEnv, interactive: boolean) => {
  if (FORCE_COLOR !== undefined) return !['0', 'false'].includes(FORCE_COLOR)
  return interactive && !NO_COLOR
}

/** A screen on the given stream; a pipe gets plain text. */
export function screenOn(output: Output, environment: NodeJS.ProcessEnv = process.env): Screen {
  const interactive = Boolean(output.isTTY) && environment.TERM !== 'dumb'
  const coloured = isColoured(environment, interactive)
  const paint = (code: number) => (text: string) =>
    coloured ? `\u001b[${code}m${text}\u001b[0m` : text
  return {
    interactive,
    columns: Math.min(output.columns ?? 80, 100),
    tableColumns: Math.min(output.columns ?? 100, 160),
    line: (text = '') => void output.write(`${text}\n`),
    redraw: (text) => void (interactive && output.write(`\r\u001b[2K${text}`)),
    settle: () => void (interactive && output.write('\r\u001b[2K')),
    bold: paint(1),
    dim: paint(2),
    good: paint(32),
    bad: paint(31),
  }
}

/** The same screen for what is not to be seen. */
export const silent = (screen: Screen): Screen => ({
  ...screen,
  line: () => {},
  redraw: () => {},
  settle: () => {},
})

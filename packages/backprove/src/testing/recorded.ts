// The command line run in memory: what it prints, says and exits with.
import { run } from '../program.ts'
import { type Screen, screenOn } from '../terminal/screen.ts'

export interface Recorded {
  readonly code: number
  /** What was answered. */
  readonly text: string
  /** What was said of errors. */
  readonly errors: string
}

export interface Terminal {
  readonly columns?: number
  readonly environment?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  /** Sees each redrawn line. */
  readonly redraw?: (line: string) => void
  /** Sees each line as it is printed. */
  readonly line?: (line: string) => void
}

/** Runs the arguments as a process would. */
export async function recorded(
  args: readonly string[],
  terminal: Terminal = {},
): Promise<Recorded> {
  const written = { text: '', errors: '' }
  const { columns = 100, environment = {}, line, redraw } = terminal
  const screen = (stream: keyof typeof written): Screen => {
    const write = (part: string) => {
      written[stream] += part
      line?.(part)
    }
    const made = screenOn({ columns, write }, environment)
    return redraw ? { ...made, redraw } : made
  }
  const code = await run(args, {
    screen: screen('text'),
    errors: screen('errors'),
    interruption: () => terminal.signal ?? new AbortController().signal,
    exit: () => {},
  })
  return { code, ...written }
}

// backprove check NOTES.md --watch: the report again whenever the file is saved. A session judges
// only what changed.

import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Report, type SessionOptions, session } from '@backprove/verify'
import type { Screen } from '../terminal/screen.ts'

/** Milliseconds between two looks: editors replace a file in many ways, and a look sees all. */
const interval = 200

/** A file that is being replaced is not there for a moment. */
const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch(() => undefined)

export interface Watching extends SessionOptions {
  readonly show: (report: Report) => void
  /** Ends the watch. */
  readonly signal: AbortSignal
}

/**
 * Shows the report of a file now and after every change, until the signal; true when the last one
 * was as expected.
 */
export const watchNotes = async (
  path: string,
  screen: Screen,
  { show, signal, ...options }: Watching,
): Promise<boolean> => {
  const open = session(options)
  let isGood = false
  const judge = async (): Promise<void> => {
    const text = await textOf(path)
    if (text === undefined) return
    for await (const event of open.check(text)) {
      if (signal.aborted) return
      if (event.kind === 'formula' && !event.kept)
        screen.redraw(screen.dim(`formula ${event.at + 1}, line ${event.entry.line}`))
      if (event.kind !== 'report') continue
      screen.settle()
      show(event.report)
      isGood = event.report.ok
    }
  }
  // A watch that failed for one text goes on with the next.
  const again = () => void judge().catch((error: Error) => screen.line(error.message))
  watchFile(path, { interval }, again)
  try {
    await judge()
    if (!signal.aborted)
      await new Promise<void>((resolve) =>
        signal.addEventListener('abort', () => resolve(), { once: true }),
      )
  } finally {
    unwatchFile(path, again)
  }
  return isGood
}

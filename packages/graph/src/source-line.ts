// Finds the line of user code behind a call: the first frame outside this project's own sources.

const LIBRARY =
  /[\\/](?:packages[\\/](?:graph|kernels|nn|verify|viewer|interop|backprove)[\\/](?:src|dist)|node_modules[\\/](?:@backprove[\\/][^\\/]+|backprove)[\\/]dist)[\\/]/
const TEST = /\.(?:test|bench)\.[cm]?[jt]s/
const FRAMES = 16

/** A stack whose text is not made until it is asked for: recording a node stays cheap. */
export interface Trace {
  readonly stack?: string
}

interface StackCapture {
  captureStackTrace?: (target: object) => void
  stackTraceLimit?: number
}

export function captureTrace(): Trace {
  const engine = Error as unknown as StackCapture
  if (!engine.captureStackTrace) return new Error()
  const limit = engine.stackTraceLimit ?? 10
  engine.stackTraceLimit = FRAMES
  const trace: Trace = {}
  engine.captureStackTrace(trace)
  engine.stackTraceLimit = limit
  return trace
}

/** `file:line:column` of the user's call, or undefined where the stack does not show it. */
export function userLine(trace: Trace | undefined): string | undefined {
  for (const frame of trace?.stack?.split('\n').slice(1) ?? []) {
    const place = /\(?((?:file:\/\/)?[^()\s]+:\d+:\d+)\)?$/.exec(frame.trim())?.[1]
    if (!place || place.startsWith('node:')) continue
    if (!LIBRARY.test(place) || TEST.test(place)) return place.replace(/^file:\/\//, '')
  }
  return undefined
}

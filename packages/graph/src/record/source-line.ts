// Finds the line of user code behind a call: the first frame outside this project's own sources and
// outside whatever is installed, as the parser of the command line that called it.

/** The packages in their repository, and what is installed. */
const LIBRARY = [
  /[\\/]packages[\\/](?:graph|kernels|nn|verify|viewer|interop|backprove)[\\/](?:src|dist)[\\/]/,
  /[\\/]node_modules[\\/]/,
]
const TEST = /\.(?:test|bench)\.[cm]?[jt]s/
/** `at f (PLACE)` and `at PLACE` as V8 writes them, `f@PLACE` as others do. */
const FRAME = /^(?:at (?:async )?(?:.*? \()?|[^@]*@)(.*:\d+:\d+)\)?$/
/** Every frame costs time and memory for every node: enough to reach the user through an op. */
export const SHALLOW = 7
/** Once for a call that records many nodes, or fails: enough to reach the user through layers. */
export const DEEP = 64

/** A stack whose text is not made until it is asked for: recording a node stays cheap. */
export interface Trace {
  readonly stack?: string
}

export function captureTrace(frames = SHALLOW): Trace {
  const engine = Error as { stackTraceLimit?: number }
  const limit = engine.stackTraceLimit
  // Engines without a limit decide for themselves.
  if (limit !== undefined) engine.stackTraceLimit = frames
  const trace = new Error()
  if (limit !== undefined) engine.stackTraceLimit = limit
  return trace
}

/** `file:line:column` of the user's call, or undefined where the stack does not show it. */
export function userLine(trace: Trace | undefined): string | undefined {
  for (const frame of trace?.stack?.split('\n').slice(1) ?? []) {
    const place = FRAME.exec(frame.trim())?.[1]
    if (!place || /^(?:node:|eval at |native)/.test(place)) continue
    const isLibrary = LIBRARY.some((pattern) => pattern.test(place))
    if (!isLibrary || TEST.test(place)) return pathOf(place)
  }
  return undefined
}

/** A file's address as its path: `file:///C:/my%20net.ts` is `C:/my net.ts`. */
function pathOf(place: string): string {
  if (!place.startsWith('file://')) return place
  const path = place.slice('file://'.length).replace(/^\/(?=[A-Za-z]:)/, '')
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

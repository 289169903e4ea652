// The project's own WebAssembly as a page's engine.
import type { Node } from '@backprove/graph'
import { compile, diagnose, linkEveryOp } from '@backprove/kernels'
import type { Runner } from './live.ts'
import { byInterpreter } from './live-interpreter.ts'

export function byProgram(outputs: Readonly<Record<string, Node>>): Runner {
  const program = programOf(outputs)
  if (!program) return byInterpreter(outputs)
  return {
    run: (feeds) => program.run(feeds),
    diagnose(feeds) {
      const found = diagnose(program, feeds)
      // What recorded the node here is the page's script; the user's line is the document's.
      return (
        found && { ...found, message: found.message.replace(`, recorded at ${found.source}`, '') }
      )
    },
  }
}

/** A page that is not ours may forbid WebAssembly. */
function programOf(outputs: Readonly<Record<string, Node>>) {
  try {
    linkEveryOp()
    return compile(outputs, { views: true })
  } catch {
    return undefined
  }
}

// The project's own WebAssembly as a page's engine.
import type { Node } from '@backprove/graph'
import { compile, diagnose } from '@backprove/kernels'
import type { Runner } from './live.ts'

export function byProgram(outputs: Readonly<Record<string, Node>>): Runner {
  const program = compile(outputs, { views: true })
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

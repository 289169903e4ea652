// The reference interpreter as a page's engine: slower than a program, and already there.
import { evaluate, type Node } from '@backprove/graph'
import type { Runner } from './live.ts'

export const byInterpreter = (outputs: Readonly<Record<string, Node>>): Runner => ({
  run(feeds) {
    const keys = Object.keys(outputs)
    const values = evaluate(Object.values(outputs), feeds)
    return Object.fromEntries(keys.map((key, k) => [key, values[k]!]))
  },
})

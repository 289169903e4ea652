// How long a very long graph takes: a chain of 100,000 nodes, recorded, differentiated, ordered,
// written as text and read back. Wall-clock, each step once: graphs are recorded once.

import {
  add,
  Graph,
  grad,
  graphFromJSON,
  mul,
  type Node,
  tanh,
  topologicalOrder,
} from '@backprove/graph'

export const CHAIN_LENGTH = 100_000

export interface ChainStep {
  readonly step: string
  readonly seconds: number
}

/** y ← tanh y, y + x, c·y in turn: kept values, shared operands, and a new constant each time. */
function recordChain(x: Node, length: number): Node {
  let y = x
  for (let k = 0; k < length; k++) {
    y = k % 3 === 0 ? tanh(y) : k % 3 === 1 ? add(y, x) : mul(y, 1 - k / (2 * length))
  }
  return y
}

export function chainSteps(length = CHAIN_LENGTH): ChainStep[] {
  const steps: ChainStep[] = []
  const timed = <T>(step: string, body: () => T): T => {
    const start = performance.now()
    const result = body()
    steps.push({ step, seconds: (performance.now() - start) / 1000 })
    return result
  }
  const graph = new Graph()
  const x = graph.input('x', [])
  const y = timed('record', () => recordChain(x, length))
  const dx = timed('differentiate', () => grad(y, x))
  timed('order', () => topologicalOrder([y, dx]))
  const text = timed('write', () => JSON.stringify(graph.toJSON([y, dx])))
  timed('read', () => graphFromJSON(JSON.parse(text)))
  return steps
}

/** The steps and their sum on a line each. */
export function chainTable(steps: readonly ChainStep[], length = CHAIN_LENGTH): string {
  const sum = steps.reduce((total, { seconds }) => total + seconds, 0)
  const rows = [...steps, { step: 'together', seconds: sum }].map(
    ({ step, seconds }) => `| ${step.padEnd(13)} | ${seconds.toFixed(2).padStart(7)} |`,
  )
  const head = `| step          | seconds |\n| ------------- | ------: |`
  return `A chain of ${length.toLocaleString('en')} nodes\n\n${[head, ...rows].join('\n')}`
}

// The numbers of a page: one program for the arrays that somebody looks at, run again whenever a
// leaf changes. Leaves without numbers get small ones from a fixed seed.
import { type Node, sizeOf, topologicalOrder } from '@backprove/graph'

/** Runs the outputs that it was made for. */
export interface Runner {
  run(feeds: Record<string, Float32Array>): Readonly<Record<string, ArrayLike<number>>>
  /** Where the first NaN or infinity arises, and a sentence on how; asked when there is one. */
  diagnose(feeds: Record<string, Float32Array>): Diagnosed | undefined
}
export interface Diagnosed {
  readonly node: Node
  readonly message: string
}
type Engine = (outputs: Readonly<Record<string, Node>>) => Runner

let engine: Engine | undefined

/** A page says what computes its numbers before it shows any. */
export const useEngine = (chosen: Engine): void => {
  engine = chosen
}

export interface Live {
  /** Computes these nodes from now on, beside those asked for before. */
  watch(nodes: Iterable<Node>): void
  /** Of a node that is watched; undefined before the first run, or where none can be had. */
  of(node: Node): ArrayLike<number> | undefined
  /** A leaf's own array: write into it, then `run`. */
  leaf(node: Node): Float32Array
  run(): void
  /** Whether the node's numbers, or some behind it, were drawn and not given. */
  readonly drawn: readonly string[]
  /** Where the first value that is no finite number arises, where there is one. */
  diagnose(): Diagnosed | undefined
  /** What went wrong with the last compilation or run. */
  readonly problem: string | undefined
}

export function liveOf(given: ReadonlyMap<string, Float32Array>): Live {
  const leaves = new Map<Node, Float32Array>()
  const drawn: string[] = []
  const watched = new Map<string, Node>()
  let program: Runner | undefined
  let results: Readonly<Record<string, ArrayLike<number>>> = {}
  let problem: string | undefined

  const leaf = (node: Node): Float32Array => {
    const known = leaves.get(node)
    if (known) return known
    const size = sizeOf(node.shape)
    const values = given.get(node.name ?? '')
    if (!values) drawn.push(node.name ?? '')
    const numbers = values ? Float32Array.from(values) : startOf(node, size)
    leaves.set(node, numbers)
    return numbers
  }
  const feedsOf = (outputs: readonly (readonly [string, Node])[]) => {
    const fed = topologicalOrder(outputs.map(([, node]) => node)).filter(isFed)
    return Object.fromEntries(fed.map((node) => [node.name ?? '', leaf(node)]))
  }
  const computed = () => [...watched].filter(([, node]) => !isFed(node))
  const attempt = (body: () => void): void => {
    try {
      body()
      problem = undefined
    } catch (error) {
      problem = (error as Error).message
    }
  }
  return {
    drawn,
    get problem() {
      return problem
    },
    leaf,
    watch(nodes) {
      const before = watched.size
      for (const node of nodes) watched.set(keyOf(node), node)
      if (watched.size > before) program = undefined
    },
    of: (node) => (isFed(node) ? leaf(node) : results[keyOf(node)]),
    run() {
      attempt(() => {
        const outputs = computed()
        if (outputs.length === 0) return
        program ??= engine?.(Object.fromEntries(outputs))
        results = program?.run(feedsOf(outputs)) ?? {}
      })
    },
    diagnose() {
      const isFine = Object.values(results).every((values) =>
        Array.prototype.every.call(values, Number.isFinite),
      )
      return isFine ? undefined : program?.diagnose(feedsOf(computed()))
    },
  }
}

const keyOf = (node: Node): string => `n${node.id}`
const isFed = ({ op }: Node): boolean => op.name === 'input' || op.name === 'parameter'

/** Of a fixed seed, and small as a network's start: the same page shows the same numbers. */
function startOf(node: Node, size: number): Float32Array {
  let state = [...(node.name ?? 'x')].reduce((sum, c) => sum * 31 + c.codePointAt(0)!, 7) >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  next()
  const spread =
    node.op.name === 'parameter' ? 2 / Math.sqrt(Math.max(1, size / (node.shape[0] ?? 1))) : 1
  const isPositive = node.op.name === 'input'
  return Float32Array.from({ length: size }, () => spread * (isPositive ? next() : 2 * next() - 1))
}

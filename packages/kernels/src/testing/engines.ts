// Every way in which a graph is computed: the interpreter, and each backend in loops, in
// straight-line code, over threads, with its laws and without.
import { evaluate, type Feeds, type Node } from '@backprove/graph'
import { type CompileOptions, compile } from '../compile.ts'
import type { DType } from '../plan/plan.ts'

export interface Engine {
  readonly name: string
  readonly dtype: DType
  /** Whether the graph is rewritten first. */
  readonly withLaws: boolean
  readonly compute: (nodes: readonly Node[], feeds: Feeds) => readonly ArrayLike<number>[]
}

const ways: readonly (readonly [string, CompileOptions])[] = [
  ['JavaScript', { backend: 'js' }],
  ['JavaScript without laws', { backend: 'js', laws: [] }],
  // Poisoned memory keeps a program out of straight-line code.
  ['loops', { backend: 'wasm', poison: true }],
  ['loops without laws', { backend: 'wasm', laws: [], poison: true }],
  ['straight-line code', { backend: 'wasm' }],
  ['straight-line code, relaxed', { backend: 'wasm', precision: 'relaxed' }],
]

const compiled = (way: string, dtype: DType, options: CompileOptions): Engine => ({
  name: `${way}, ${dtype}`,
  dtype,
  withLaws: options.laws === undefined,
  compute: (nodes, feeds) => {
    const program = compile(nodes, { ...options, dtype })
    try {
      return program.run(feeds)
    } finally {
      program[Symbol.dispose]()
    }
  },
})

export const interpreter: Engine = {
  name: 'interpreter',
  dtype: 'float64',
  withLaws: false,
  compute: (nodes, feeds) => evaluate(nodes, feeds),
}

export const enginesOf = (dtype: DType): readonly Engine[] =>
  ways.map(([name, options]) => compiled(name, dtype, options))

export const engines: readonly Engine[] = [
  interpreter,
  ...enginesOf('float64'),
  ...enginesOf('float32'),
]

/** Workers take their time to start: for fewer programs. */
export const threaded = (dtype: DType): Engine =>
  compiled('two threads', dtype, { backend: 'wasm', threads: 2 })

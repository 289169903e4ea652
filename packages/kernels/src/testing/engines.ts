// Every way in which a graph is computed: the interpreter, and each backend in loops, in
// straight-line code, over threads, with its laws and without.
import type { Node } from '@backprove/graph'
import { evaluate, type Feeds } from '@backprove/graph'
import { type CompileOptions, compile } from '../compile.ts'

export interface Engine {
  readonly name: string
  readonly compute: (nodes: readonly Node[], feeds: Feeds) => readonly ArrayLike<number>[]
}

const compiled = (name: string, options: CompileOptions): Engine => ({
  name,
  compute: (nodes, feeds) => {
    const program = compile(nodes, options)
    try {
      return program.run(feeds)
    } finally {
      program[Symbol.dispose]()
    }
  },
})

const ways: readonly (readonly [string, CompileOptions])[] = [
  ['JavaScript', { backend: 'js' }],
  ['JavaScript without laws', { backend: 'js', laws: [] }],
  // Poisoned memory keeps a program out of straight-line code.
  ['loops', { backend: 'wasm', poison: true }],
  ['straight-line code', { backend: 'wasm' }],
  ['loops without laws', { backend: 'wasm', laws: [], poison: true }],
  ['relaxed', { backend: 'wasm', precision: 'relaxed' }],
]

export const interpreter: Engine = {
  name: 'interpreter',
  compute: (n, feeds) => evaluate(n, feeds),
}

export const enginesOf = (dtype: 'float32' | 'float64'): readonly Engine[] =>
  ways.map(([name, options]) => compiled(`${name}, ${dtype}`, { ...options, dtype }))

export const allEngines: readonly Engine[] = [
  interpreter,
  ...enginesOf('float64'),
  ...enginesOf('float32'),
]

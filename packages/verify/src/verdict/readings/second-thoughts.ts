// What may be meant where the usual reading does not hold: a table only.
import type { Choice, Choices } from '../../language/resolve/context.ts'

/** Choices that are tried where the usual one does not hold: then both readings are told. */
const together = [
  'axes of a star go together as is usual',
  'other axes of a star, which are as long, go together',
] as const

const axes = [
  'axes that nobody names are as is usual',
  'axes that nobody names are others, which fit too',
] as const

export const secondThoughts: readonly {
  readonly choice: Choice
  readonly value: string | number
  readonly besides?: Partial<Choices>
  /** Where both are told; else what is true is meant. */
  readonly says?: readonly [first: string, second: string]
}[] = [
  { choice: 'outers', value: 'matrix' },
  { choice: 'squares', value: 'inner' },
  { choice: 'rows', value: 'row', says: axes },
  ...(['second of weights', 'second'] as const).map((value) => ({
    choice: 'axis' as const,
    value,
    says: axes,
  })),
  { choice: 'units', value: 'left out', says: axes },
  {
    choice: 'powers',
    value: 'entrywise',
    says: ['a power of a matrix is a product', 'a power of a matrix is entry by entry'],
  },
  {
    choice: 'deltas',
    value: 'kronecker',
    says: ['δ with two indices is an error', 'δ with two indices is Kronecker’s'],
  },
  {
    choice: 'dots',
    value: 'entrywise',
    says: ['a · b is the inner product', 'a · b is entry by entry'],
  },
  {
    choice: 'chains',
    value: 'entrywise',
    says: ['a · b · c is (a · b) c', 'a · b · c is entry by entry'],
  },
  {
    choice: 'hadamards',
    value: 'first',
    says: ['A ⊙ B C is A ⊙ (B C)', 'A ⊙ B C is (A ⊙ B) C'],
  },
  {
    choice: 'kernels',
    value: 'left',
    says: ['the image stands left of a star', 'the kernel stands left of a star'],
  },
  ...([1, 2] as const).map((value) => ({ choice: 'pairs' as const, value, says: together })),
  ...([1, 2] as const).flatMap((value) =>
    ([0, 1, 2] as const).map((pairs) => ({
      choice: 'laterPairs' as const,
      value,
      besides: { pairs },
      says: together,
    })),
  ),
  {
    choice: 'turns',
    value: 'transposes',
    says: ['t above a letter is an index', 't above a letter is the transpose'],
  },
  {
    choice: 'selves',
    value: 'function',
    says: ['a(…) with a inside is a product', 'a(…) is the activation'],
  },
  {
    choice: 'predictions',
    value: 'outputs',
    says: ['f(x) is the activation of x', 'f(x) is what the network computes from x'],
  },
  {
    choice: 'applied',
    value: 'product',
    says: ['f(x) is f, which is computed from x', 'f(x) is a product'],
  },
]

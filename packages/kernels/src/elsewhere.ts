// What programs of other libraries are asked to do, and `run` does here.
import { withHints } from '@backprove/graph'

const HINTS: readonly (readonly [methods: string, hint: string])[] = [
  [
    'forward predict call apply execute executeAsync runAsync evaluate invoke eval',
    'run(feeds) computes its outputs',
  ],
  [
    'train fit step backward',
    'state: [[leaf, next value]] of compile has each run update the leaves',
  ],
  ['dispose delete free close destroy', 'program[Symbol.dispose]() does it; it need not be done'],
]

export const withProgramHints = (program: object): object =>
  withHints(
    program,
    'program',
    Object.fromEntries(
      HINTS.flatMap(([methods, hint]) => methods.split(' ').map((method) => [method, hint])),
    ),
  )

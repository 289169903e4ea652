// What programs of other libraries are asked to do, and `run` does here.
import { withHints } from '@backprove/graph'

const OTHERS = ['forward', 'predict', 'call', 'execute', 'evaluate', 'invoke', 'eval']

export const withProgramHints = (program: object): object =>
  withHints(
    program,
    'program',
    Object.fromEntries(OTHERS.map((name) => [name, 'run(feeds) computes its outputs'])),
  )

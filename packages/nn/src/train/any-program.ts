// Programs of networks: a bundled page that trains has the code of every op that a layer may be of.
import { compile, linkEveryOp } from '@backprove/kernels'

export const compileAny: typeof compile = (outputs, options) => {
  linkEveryOp()
  return compile(outputs, options)
}

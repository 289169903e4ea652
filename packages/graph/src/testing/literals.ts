// A result worked by hand for every op: an op without one does not compile.
import type { OpName } from './instances.ts'
import type { Literal } from './literal.ts'
import { elementwiseLiterals } from './literals-elementwise.ts'
import { placeLiterals } from './literals-places.ts'
import { shapeLiterals } from './literals-shapes.ts'
import { windowLiterals } from './literals-windows.ts'

export const literals: { readonly [K in OpName]: Literal } = {
  ...elementwiseLiterals,
  ...placeLiterals,
  ...shapeLiterals,
  ...windowLiterals,
}

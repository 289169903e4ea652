// Whether a formula may be read as NumPy reads it: it has a bare star where nothing slides, or ⊙
// beside arrays with one number for each map.
import type { Scope } from '../language/resolved.ts'
import type { Claim, Expression } from '../language/syntax.ts'
import { holding } from '../language/walk.ts'

const hasStar = holding((node) => {
  const each = node as Expression
  return each.kind === 'star' && each.operation === 'bare'
})

const hasHadamard = holding((node) => (node as Expression).kind === 'hadamard')

export const isOfProgram = ({ program, operands }: Claim, { names, slides }: Scope): boolean => {
  if (program || slides !== false) return false
  const isBroadcast = names.some(({ rank, shape }) => rank > 2 && shape.includes(1))
  return operands.some((each) => hasStar(each) || (isBroadcast && hasHadamard(each)))
}

// Whether a scalar that annuls its product is nothing at all, for it reads an array outside of its
// box, or a 0 that a bracket makes of it. In products they are the same, in contests they are not.

import type { Scalar } from '../core/core.ts'
import { compileIndex } from './indices.ts'
import { type Machine, offsetOf } from './machine.ts'
import { shapeOfTable } from './table.ts'

const never = () => false

export const compileNothing = <T>(s: Scalar, machine: Machine<T>): (() => boolean) => {
  switch (s.kind) {
    case 'read': {
      const { from } = s
      const shape = from.kind === 'table' ? shapeOfTable(from) : machine.entriesOf(from).shape
      const indices = s.at.map((index) => compileIndex(index, machine))
      return () => offsetOf(shape, indices) < 0
    }
    case 'product': {
      const parts = s.factors.map((factor) => compileNothing(factor, machine))
      return () => parts.some((part) => part())
    }
    case 'quotient':
      return compileNothing(s.above, machine)
    case 'power':
      return compileNothing(s.base, machine)
    default:
      return never
  }
}

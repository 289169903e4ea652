// What a kernel of this backend is: a rule from an op's params and shapes to code.
import type { Finishing } from '../../plan/plan.ts'
import type { Epilogue } from '../elementwise/elementwise.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import type { Refusal } from '../linear/places.ts'
import type { Call } from './call.ts'

/** Byte addresses. */
export interface Addresses {
  readonly inputs: readonly number[]
  readonly output: number
  readonly scratch: number
  /** How the step says that it refuses a value. */
  readonly refusal: Refusal
  /** Only where `finishes` says so. */
  readonly epilogue?: Epilogue
}

export interface Prepared {
  /** Whether `write` takes an epilogue. */
  readonly finishes?: Finishing
  readonly write: (at: Addresses) => Kernel
}

/** null where there is no kernel for this call. */
export type Rule = (lanes: Lanes, call: Call) => Prepared | null

/** Addresses by the names that a kernel gives them. */
type Named<Name extends string> = Readonly<Record<Name, number>> &
  Pick<Addresses, 'scratch' | 'refusal' | 'epilogue'>

/** The rule of a kernel that is told a shape, and what it calls the operands and the result. */
export const ruleOf =
  <Shape, Name extends string>(
    shapeOf: (call: Call) => Shape,
    names: readonly Name[],
    result: Name,
    write: (lanes: Lanes, shape: Shape, at: Named<Name>) => Kernel,
    finishes?: (lanes: Lanes, shape: Shape) => Finishing,
  ): Rule =>
  (lanes, call) => {
    const shape = shapeOf(call)
    return {
      finishes: finishes?.(lanes, shape) ?? false,
      write: ({ inputs, output, ...rest }) => {
        const operands = inputs.map((address, k) => [names[k], address])
        const at = { ...rest, ...Object.fromEntries([...operands, [result, output]]) }
        return write(lanes, shape, at)
      },
    }
  }

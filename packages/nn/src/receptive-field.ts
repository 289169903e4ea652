// How much of the input one value of a layer sees, along both axes: the windows before it chained.
import type { Work } from './layers/layer.ts'

/** `reach`: pixels seen; `jump`: pixels between neighbours of this layer. */
export interface Field {
  readonly reach: readonly [number, number]
  readonly jump: readonly [number, number]
}

/** A pixel sees itself. */
export const START: Field = { reach: [1, 1], jump: [1, 1] }

/**
 * reach + d(f − 1)·jump and s·jump behind a window; everything behind a dense layer; the same
 * behind a layer that looks at one place. What spreads its input by a factor makes jump/factor.
 */
export function fieldAfter(field: Field, work: Work, image: readonly [number, number]): Field {
  if (work.global) return { reach: image, jump: field.jump }
  const { window, spread } = work
  if (spread) {
    const [rows, columns] = ([0, 1] as const).map((axis) => {
      const seen = Math.ceil(spread.kernel[axis] / spread.factor[axis])
      return field.reach[axis] + (seen - 1) * field.jump[axis]
    })
    const [down, right] = ([0, 1] as const).map((axis) => field.jump[axis] / spread.factor[axis])
    return { reach: [rows!, columns!], jump: [down!, right!] }
  }
  if (!window) return field
  const along = (axis: 0 | 1): readonly [reach: number, jump: number] => {
    const steps = window.dilation[axis] * (window.kernel[axis] - 1)
    const jump = field.jump[axis]
    return [field.reach[axis] + steps * jump, jump * window.stride[axis]]
  }
  const [[height, down], [width, right]] = [along(0), along(1)]
  return { reach: [height, width], jump: [down, right] }
}

/** Of several branches, along each axis, the widest. */
export function widest(fields: readonly Field[]): Field {
  const most = (pick: (field: Field) => readonly [number, number]): [number, number] => [
    Math.max(...fields.map((field) => pick(field)[0])),
    Math.max(...fields.map((field) => pick(field)[1])),
  ]
  return { reach: most(({ reach }) => reach), jump: most(({ jump }) => jump) }
}

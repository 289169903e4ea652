// A border as PyTorch and NumPy say it.
import { pad } from '@backprove/graph'
import { nodeAt, numberAt, valueAt } from '../given.ts'
import type { Library } from './library.ts'

/** F.pad(x, (1, 2, 0, 0)) begins at the last axis, np.pad(x, ((0, 0), (1, 2))) at the first. */
export const padded: Library = (given) => {
  const x = nodeAt(given, 0)
  const rank = x.shape.length
  const all = [valueAt(given, 1, 'pad', 'pad_width')].flat(2)
  const isTorch = given.word === 'F.pad'
  const fits = all.length === 1 || (isTorch ? all.length % 2 === 0 : all.length === 2 * rank)
  const mode = valueAt(given, 2, 'mode') ?? 'constant'
  if (!fits || mode !== 'constant' || !all.every((n) => Number.isInteger(n))) return undefined
  const width = (side: number) =>
    x.shape.map((_, axis) => {
      const at = 2 * (isTorch ? rank - 1 - axis : axis) + side
      return Number(all.length === 1 ? all[0] : (all[at] ?? 0))
    })
  const value = numberAt(given, 3, 'value', 'constant_values') ?? 0
  return pad(x, { before: width(0), after: width(1), value })
}

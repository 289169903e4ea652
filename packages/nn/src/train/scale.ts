// Images whose values go to 255: training with them is no error, and mostly a mistake.
import type { Dataset } from '../data/images.ts'
import type { Model } from '../model.ts'

/** Layers that take what they are given for something else, or bring it to one scale themselves. */
const TAKES_ANY = new Set(['embedding', 'batchNorm', 'layerNorm', 'groupNorm', 'rmsNorm'])

const told = new WeakSet<Dataset>()

/** Whether they are bytes as cameras and files have them: whole, from 0, up to 255. */
const areBytes = ({ images }: Dataset): boolean => {
  let largest = 0
  for (const value of images) {
    if (!(value >= 0 && value <= 255 && Number.isInteger(value))) return false
    if (value > largest) largest = value
  }
  return largest > 127
}

/** Says once of a set of images of bytes what training would like better. */
export function hintAtScale(model: Model, data: Dataset): void {
  const [, height, width] = data.shape
  const takesAny = model.spec.layers.slice(0, 2).some(({ kind }) => TAKES_ANY.has(kind))
  const areImages = data.targets === undefined && height > 1 && width > 1
  if (told.has(data) || takesAny || !areImages || !areBytes(data)) return
  told.add(data)
  console.warn(
    'train: the images have values of 0 … 255, and networks learn better from 0 … 1: divide ' +
      'them by 255 (loadCsv: { divisor: 255 })',
  )
}

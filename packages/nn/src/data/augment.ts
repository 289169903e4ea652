// Augmentation: more images from those there are (crop, rotate, flip, noise, colour). Each is a
// function of an image and a random generator; nothing here knows of files or training.
import { readOptions, show } from '@backprove/graph'
import { generator, type RandomGenerator } from '../random.ts'
import { imageOf, sizeOf } from './dataset.ts'
import { DataError } from './errors.ts'
import type { Dataset, Image } from './images.ts'
import { draw, isRange, notRange, type Range } from './range.ts'
import { turn, turned } from './turn.ts'

/** A new image made from an image, with choices drawn from `random`. Inputs are not changed. */
export type Augmentation = (image: Image, random: RandomGenerator) => Image

/** A window of `size` at a random place of the image, which `padding` zeros surround first. */
function crop(options: CropOptions): Augmentation {
  const { size, padding = 0 } = readOptions('augment.crop', options, ['size', 'padding'])
  const [h, w] = Array.isArray(size) ? size : [size, size]
  for (const [field, length] of Object.entries({ height: h - 1, width: w - 1, padding })) {
    if (Number.isSafeInteger(length) && length >= 0) continue
    throw new DataError('augment.crop', field, `size [${h},${w}], padding ${padding} has no sense.`)
  }
  return ({ shape: [channels, height, width], data }, random) => {
    const free = [height + 2 * padding - h, width + 2 * padding - w] as const
    if (free[0] < 0 || free[1] < 0) {
      const sentence = `no window of ${h}×${w} fits ${height}×${width} padded by ${padding}.`
      throw new DataError('augment.crop', 'size', sentence)
    }
    const top = random.integer(free[0] + 1) - padding
    const left = random.integer(free[1] + 1) - padding
    const cropped = new Float32Array(channels * h * w)
    const [first, end] = [Math.max(0, left), Math.min(width, left + w)]
    for (let c = 0; c < channels; c++) {
      for (let i = Math.max(0, -top); i < h && i + top < height; i++) {
        const from = (c * height + i + top) * width
        const to = (c * h + i) * w - left
        for (let column = first; column < end; column++) cropped[to + column] = data[from + column]!
      }
    }
    return { shape: [channels, h, w], data: cropped }
  }
}

/**
 * A turn about the centre, counterclockwise, by an angle drawn from `degrees`. Each new pixel is
 * the bilinear mean of the four around the place it came from; outside the image is 0. Quarter
 * turns of a square image are exact.
 */
function rotate(options: RotateOptions): Augmentation {
  const { degrees } = readOptions('augment.rotate', options, ['degrees'])
  if (!isRange(degrees)) throw notRange('rotate', 'degrees', degrees)
  return (image, random) => turned(image, draw(degrees, random))
}

/** Mirrored left to right (`horizontal`) or upside down (`vertical`), with that probability. */
function flip(options: FlipOptions = {}): Augmentation {
  readOptions('augment.flip', options, ['direction', 'probability'])
  const { direction = 'horizontal', probability = 0.5 } = options
  if (direction !== 'horizontal' && direction !== 'vertical') {
    const sentence = `${show(direction)} is neither 'horizontal' nor 'vertical'.`
    throw new DataError('augment.flip', 'direction', sentence)
  }
  if (!(probability >= 0 && probability <= 1)) {
    throw new DataError('augment.flip', 'probability', `${show(probability)} is not in 0 … 1.`)
  }
  return (image, random) => {
    const flipped = random.uniform() < probability
    if (!flipped) return image
    const [channels, height, width] = image.shape
    const mirrored = new Float32Array(image.data.length)
    for (let row = 0; row < channels * height; row++) {
      const inImage = row % height
      const other = direction === 'vertical' ? row + height - 1 - 2 * inImage : row
      const [from, step] = direction === 'vertical' ? [0, 1] : [width - 1, -1]
      for (let j = 0; j < width; j++) {
        mirrored[row * width + j] = image.data[other * width + from + step * j]!
      }
    }
    return { shape: image.shape, data: mirrored }
  }
}

/** Normally distributed noise of the given deviation on every value, which then stays in 0 … 1. */
function noise(options: NoiseOptions): Augmentation {
  const { deviation = Number.NaN } = readOptions('augment.noise', options, ['deviation'])
  if (!(Number.isFinite(deviation) && deviation >= 0)) {
    throw new DataError('augment.noise', 'deviation', `${show(deviation)} is not 0 or more.`)
  }
  return ({ shape, data }, random) => {
    const noisy = new Float32Array(data.length)
    random.fillNormal(noisy)
    for (let k = 0; k < noisy.length; k++) noisy[k] = unit(data[k]! + deviation * noisy[k]!)
    return { shape, data: noisy }
  }
}

/**
 * The colours changed in the YUV space (ITU-R BT.601): with Y = 0.299R + 0.587G + 0.114B,
 * U = 0.492(B − Y), V = 0.877(R − Y) and Ȳ the mean of Y,
 *
 *     Y ← Ȳ + (1 + contrast)(Y − Ȳ) + brightness      (U, V) ← (1 + saturation) · turned by hue
 *
 * each amount drawn once an image (hue in degrees), and the values then kept in 0 … 1. A grey
 * image has no U and V: saturation and hue leave it as it is.
 */
function colourJitter(options: ColourJitterOptions): Augmentation {
  readOptions('augment.colourJitter', options, ['brightness', 'contrast', 'saturation', 'hue'])
  const { brightness = 0, contrast = 0, saturation = 0, hue = 0 } = options
  for (const [field, range] of Object.entries({ brightness, contrast, saturation, hue })) {
    if (!isRange(range)) throw notRange('colourJitter', field, range)
  }
  return ({ shape, data }, random) => {
    const [channels, height, width] = shape
    if (channels !== 1 && channels !== 3) {
      throw new DataError(
        'augment.colourJitter',
        'shape',
        `[${shape}] has neither 1 nor 3 channels.`,
      )
    }
    const area = height * width
    const brighter = draw(brightness, random)
    const steeper = 1 + draw(contrast, random)
    const richer = 1 + draw(saturation, random)
    const [cosine, sine] = turn(draw(hue, random))
    const red = data.subarray(0, area)
    const green = channels === 3 ? data.subarray(area, 2 * area) : red
    const blue = channels === 3 ? data.subarray(2 * area) : red
    // Written so that a grey image, red = green = blue, has exactly that grey as its luma.
    const luma = new Float32Array(area)
    let total = 0
    for (let p = 0; p < area; p++) {
      const r = red[p]!
      luma[p] = r + 0.587 * (green[p]! - r) + 0.114 * (blue[p]! - r)
      total += luma[p]!
    }
    const mean = total / area
    const changed = new Float32Array(data.length)
    for (let p = 0; p < area; p++) {
      const y = mean + steeper * (luma[p]! - mean) + brighter
      const u = 0.492 * (blue[p]! - luma[p]!)
      const v = 0.877 * (red[p]! - luma[p]!)
      const toBlue = (richer * (cosine * u - sine * v)) / 0.492
      const toRed = (richer * (sine * u + cosine * v)) / 0.877
      changed[p] = unit(y + toRed)
      if (channels === 1) continue
      changed[area + p] = unit(y - (0.299 * toRed + 0.114 * toBlue) / 0.587)
      changed[2 * area + p] = unit(y + toBlue)
    }
    return { shape, data: changed }
  }
}

/** One augmentation after another, all drawing from the same generator. */
function compose(...steps: readonly Augmentation[]): Augmentation {
  return (image, random) => steps.reduce((current, step) => step(current, random), image)
}

/**
 * The dataset with every image augmented. Image i draws from a generator that depends on seed,
 * epoch and i alone: the same image comes out whatever the batches, and another one in another
 * epoch.
 */
function apply(data: Dataset, augmentation: Augmentation, options: ApplyOptions = {}): Dataset {
  readOptions('augment.apply', options, ['seed', 'epoch'])
  const { seed = 1, epoch = 0 } = options
  if (!data?.labels || typeof augmentation !== 'function') {
    const sentence = `${show(data)} and ${show(augmentation)} are no dataset and augmentation.`
    throw new DataError('augment.apply', 'data', sentence)
  }
  const source = imageGenerator(seed, epoch)
  const count = data.labels.length
  let shape = data.shape
  let images = new Float32Array(0)
  for (let i = 0; i < count; i++) {
    const image = augmentation(imageOf(data, i), source(i))
    if (i === 0) {
      shape = image.shape
      images = new Float32Array(count * sizeOf(shape))
    }
    if (image.shape.join() !== shape.join()) {
      const sentence = `image ${i} became [${image.shape}], the first [${shape}].`
      throw new DataError('augment.apply', 'shape', sentence)
    }
    images.set(image.data, i * sizeOf(shape))
  }
  return { ...data, images, shape, labels: data.labels.slice() }
}

/** The generator of each image by its position in the dataset, for one epoch. */
export function imageGenerator(seed: number, epoch: number): (image: number) => RandomGenerator {
  const source = generator(seed).fork(`augment ${epoch}`)
  return (image) => source.fork(`image ${image}`)
}

/** The five augmentations, their composition, and their application to a dataset. */
export const augment = { crop, rotate, flip, noise, colourJitter, compose, apply }

/** Options of `augment.crop`; `size` is the height and width of the window. */
export interface CropOptions {
  readonly size: number | readonly [height: number, width: number]
  readonly padding?: number
}

/** Options of `augment.rotate`. */
export interface RotateOptions {
  readonly degrees: Range
}

/** Options of `augment.noise`: the standard deviation, for values of 0 … 1. */
export interface NoiseOptions {
  readonly deviation: number
}

/** Options of `augment.flip`. */
export interface FlipOptions {
  readonly direction?: 'horizontal' | 'vertical'
  readonly probability?: number
}

/** Options of `augment.colourJitter`, each 0 by default. */
export interface ColourJitterOptions {
  readonly brightness?: Range
  readonly contrast?: Range
  readonly saturation?: Range
  readonly hue?: Range
}

/** Options of `augment.apply`. */
export interface ApplyOptions {
  readonly seed?: number
  readonly epoch?: number
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value))
}

// An image as a PNG file: the way out, where decodePng is the way in.
import { show } from '@backprove/graph'
import { encode } from 'fast-png'
import { DataError } from '../errors.ts'
import type { Image } from '../images.ts'

/**
 * A PNG of 8 bits a channel: [1,H,W] grey, [3,H,W] colour. Values are kept in 0 … 1 and rounded.
 * @throws DataError for other numbers of channels, or values that do not fill the shape
 */
export function encodePng(image: Image): Uint8Array {
  const { shape, data } = image ?? {}
  if (!Array.isArray(shape) || !ArrayBuffer.isView(data)) {
    const what = `${show(image)} is no image { shape: [1, H, W], data: Float32Array }.`
    throw new DataError('encodePng', 'image', what)
  }
  const [channels, height, width] = shape
  const area = height * width
  if ((channels !== 1 && channels !== 3) || data.length !== channels * area) {
    throw new DataError('encodePng', 'shape', `[${shape}] is not an image of 1 or 3 channels.`)
  }
  const bytes = new Uint8Array(data.length)
  for (let pixel = 0; pixel < area; pixel++) {
    for (let c = 0; c < channels; c++) {
      const value = Math.min(1, Math.max(0, data[c * area + pixel]!))
      bytes[pixel * channels + c] = Math.round(255 * value)
    }
  }
  return encode({ width, height, data: bytes, channels, depth: 8 })
}

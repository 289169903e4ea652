// The book's data: real handwritten 1, 2 and 3 on 6×6 pixels, carried in the package itself,
// so that an example needs no download and runs in a browser.
import { dataset } from './dataset.ts'
import { DIGITS, PIXELS } from './digits123-data.ts'
import type { Dataset } from './images.ts'

/**
 * 542 handwritten digits at [1,6,6], grey values 0 (paper) … 1 (ink); class 0 is the digit 1,
 * class 1 the digit 2, class 2 the digit 3 (182, 177 and 183 images).
 *
 * Source: E. Alpaydin & C. Kaynak, "Optical Recognition of Handwritten Digits" (1998), UCI Machine
 * Learning Repository, https://doi.org/10.24432/C50P49, CC BY 4.0; resampled from 8×8 to 6×6.
 */
export function digits123(): Dataset {
  const digits = DIGITS.replaceAll('\n', '')
  const bytes = atob(PIXELS.replaceAll('\n', ''))
  const images = new Float32Array(bytes.length)
  for (let k = 0; k < bytes.length; k++) images[k] = bytes.charCodeAt(k) / 255
  return dataset({
    images,
    labels: Array.from(digits, (digit) => Number(digit) - 1),
    shape: [1, 6, 6],
    classes: 3,
    names: ['1', '2', '3'],
  })
}

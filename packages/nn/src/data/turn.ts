// Images turned about their centre, and the cosine and sine of an angle in degrees, with the same
// bits on every machine (Math.cos may differ between engines) and exact at quarter turns.
import type { Image } from './images.ts'

/** [cos, sin] of `degrees`: whole quarter turns exactly, what remains by Taylor's series. */
export function turn(degrees: number): [cosine: number, sine: number] {
  const quarters = Math.round(degrees / 90)
  const angle = ((degrees - 90 * quarters) * Math.PI) / 180
  let [cosine, sine, term] = [0, 0, 1]
  // |angle| ≤ π/4, so the terms after the twentieth are below 10⁻²⁰.
  for (let n = 0; n < 20; n += 2) {
    const sign = n % 4 === 0 ? 1 : -1
    cosine += sign * term
    term *= angle / (n + 1)
    sine += sign * term
    term *= angle / (n + 2)
  }
  for (let i = 0; i < ((quarters % 4) + 4) % 4; i++) [cosine, sine] = [-sine, cosine]
  return [cosine, sine]
}

/** The image turned counterclockwise; what was outside is 0. */
export function turned({ shape, data }: Image, degrees: number): Image {
  const [, height, width] = shape
  const [cosine, sine] = turn(degrees)
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2]
  const area = height * width
  const pixels = new Float32Array(data.length)
  for (let i = 0, to = 0; i < height; i++) {
    for (let j = 0; j < width; j++, to++) {
      // Rows grow downwards, so the inverse of a counterclockwise turn is written thus.
      const down = i - middleRow
      const right = j - middleColumn
      const row = middleRow + cosine * down + sine * right
      const column = middleColumn - sine * down + cosine * right
      const top = Math.floor(row)
      const left = Math.floor(column)
      const v = row - top
      const u = column - left
      const isAbove = top >= 0 && top < height
      const isBelow = top >= -1 && top + 1 < height
      const isLeft = left >= 0 && left < width
      const isRight = left >= -1 && left + 1 < width
      for (let c = 0, at = top * width + left; c < data.length; c += area, at += area) {
        const a = isAbove && isLeft ? data[at]! : 0
        const b = isAbove && isRight ? data[at + 1]! : 0
        const d = isBelow && isLeft ? data[at + width]! : 0
        const e = isBelow && isRight ? data[at + width + 1]! : 0
        pixels[c + to] = (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * d + u * e)
      }
    }
  }
  return { shape, data: pixels }
}

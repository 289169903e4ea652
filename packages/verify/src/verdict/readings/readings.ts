// How a bare star may be read: mode × correlation or convolution × which side is the kernel.

import type { StarReading } from '../../core/statement.ts'
import type { Reading } from '../verdict.ts'

const modes = ['valid', 'full', 'same'] as const
const stars = ['correlation', 'convolution'] as const
const kernels = ['right', 'left'] as const

export const starReadings: readonly StarReading[] = modes.flatMap((mode) =>
  stars.flatMap((star) => kernels.map((kernel): StarReading => ({ mode, star, kernel }))),
)

/** The most stars that are read independently; more are all read alike. */
const mostIndependent = 2

/** Every reading of a claim with `count` bare stars, of which those in `open` matter. */
export const readingsOf = (count: number, open: readonly number[]): readonly Reading[] => {
  const [usual] = starReadings as [StarReading]
  // Stars are counted as they were written; one that turned out to be a product has its place.
  const length = Math.max(count, ...open.map((at) => at + 1))
  const base: Reading = Array.from({ length }, () => usual)
  if (open.length === 0) return [base]
  const put = (reading: Reading, at: number, star: StarReading): Reading => reading.with(at, star)
  if (open.length > mostIndependent) {
    return starReadings.map((star) => open.reduce((all, at) => put(all, at, star), base))
  }
  return open.reduce<readonly Reading[]>(
    (readings, at) => readings.flatMap((each) => starReadings.map((star) => put(each, at, star))),
    [base],
  )
}

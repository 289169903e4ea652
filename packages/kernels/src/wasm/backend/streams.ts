// Many runs in one call: the feeds of all runs are brought into memory behind the arena, a run of
// the module moves along them, and the outputs of all runs are taken from there.
import type { Stream } from '../../backend.ts'
import { bytesPerEntry, type Place, type Plan } from '../../plan/plan.ts'
import { alignUp, product } from '../kernel.ts'
import type { ProgramSpecification, Stream as StreamCode } from '../program.ts'
import type { Arena } from './arena.ts'

/** As much of the streams as is brought into memory at once, in bytes, if a run needs no more. */
const mostResident = 1 << 24

/** One word of the header for each feed and output: where its next stretch is. */
export const streamWords = ({ feeds, outputs }: Plan): number => feeds.length + outputs.length

export interface Streams {
  readonly specification: Pick<ProgramSpecification, 'feeds' | 'outputs'>
  /** Writes the arrays of `data`, `times` stretches of each; false where they do not fit. */
  runMany(
    run: (times: number) => void,
    times: number,
    feeds: readonly Stream[],
    outputs: readonly Stream[],
  ): boolean
}

export function streamsOf(plan: Plan, arena: Arena): Streams {
  const width = bytesPerEntry[plan.dtype]
  const feedPlaces = plan.feeds.map(({ place }) => place)
  const places = [...feedPlaces, ...plan.outputs]
  const code = places.map(
    (place, k): StreamCode => ({
      pointer: 4 * k,
      inside: arena.base + place.offset * width,
      bytes: product(place.shape) * width,
    }),
  )
  const wordOf = new Map<Place, number>(feedPlaces.map((place, k) => [place, k]))
  const numbered = (feeds: readonly Stream[], outputs: readonly Stream[]) => [
    ...feeds.map((stream) => ({ stream, word: wordOf.get(stream.place)!, isFeed: true })),
    ...outputs.map((stream, k) => ({ stream, word: feedPlaces.length + k, isFeed: false })),
  ]
  return {
    specification: {
      feeds: code.slice(0, feedPlaces.length),
      outputs: code.slice(feedPlaces.length),
    },
    runMany: (run, times, feeds, outputs) => {
      const moved = numbered(feeds, outputs)
      const bytesPerRun = moved.reduce((sum, { word }) => sum + code[word]!.bytes, 0)
      const atOnce = Math.max(1, Math.min(times, Math.floor(mostResident / (bytesPerRun || 1))))
      if (!arena.reserve(atOnce * bytesPerRun + 64 * (moved.length + 1))) return false
      for (let done = 0; done < times; done += atOnce) {
        const runs = Math.min(atOnce, times - done)
        const words = arena.words()
        let address = arena.end
        const stretches = moved.map(({ stream, word, isFeed }) => {
          const perRun = stream.data.length / times
          const outside = arena.stretch(address, perRun * runs)
          const inside = stream.data.subarray(perRun * done, perRun * (done + runs))
          if (isFeed) outside.set(inside)
          words[word] = address
          address += alignUp(outside.byteLength)
          return { outside, inside, isFeed }
        })
        try {
          run(runs)
        } finally {
          words.fill(0, 0, places.length)
        }
        for (const { outside, inside, isFeed } of stretches) if (!isFeed) inside.set(outside)
      }
      return true
    },
  }
}

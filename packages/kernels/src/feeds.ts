// Reads what is fed by name: everything is checked before anything is written.
import {
  FeedError,
  flattenNumbers,
  formatShape,
  type NestedNumbers,
  nearNames,
  type Shape,
  sentenceOf,
  show,
  sizeOf,
  type TypedArray,
} from '@backprove/graph'
import type { Named, Place } from './plan/plan.ts'

/** Values of inputs and parameters by name: nested lists, or flat and row-major. */
export type Feeds = Readonly<Record<string, TypedArray | NestedNumbers>>

/** A leaf's place, and what was given for it in the call that is being read. */
export interface Slot {
  readonly name: string
  readonly kind: string
  readonly place: Place
  readonly length: number
  given: ArrayLike<number> | undefined
  /** The array that shows the place, once it was asked for: fed, it is where it belongs. */
  view: ArrayLike<number> | undefined
}

export interface FeedReader {
  readonly slots: readonly Slot[]
  /**
   * Checks the feeds of `times` runs and leaves each in its slot's `given`.
   * @throws FeedError for a feed that is missing, unknown, of the wrong length or no numbers
   */
  read(feeds: Feeds, times: number): void
}

export interface FeedRules {
  /** The bare name that a text spells. */
  readonly bare: (text: string) => string
  /** Whether every slot must be fed. */
  readonly every: boolean
  /** Why a name that no slot has is refused; undefined where it may be ignored. */
  readonly unknown: (bare: string) => string | undefined
}

export function feedReader(named: readonly Named[], rules: FeedRules): FeedReader {
  const slots = named.map(({ name, kind, place }): Slot => {
    return { name, kind, place, length: sizeOf(place.shape), given: undefined, view: undefined }
  })
  const byName = new Map<string, Slot | null>(slots.map((slot) => [slot.name, slot]))
  /** Spellings are worked out once: `z^{F}` is `z^F`. null: of no use here, but no mistake. */
  const find = (name: string): Slot | null => {
    const known = byName.get(name)
    if (known !== undefined) return known
    const bare = rules.bare(name)
    const slot = slotNamed(bare) ?? null
    if (!slot) refuseUnknown(name, bare)
    byName.set(name, slot)
    return slot
  }
  const slotNamed = (bare: string) => slots.find((slot) => slot.name === bare)
  const refuseUnknown = (name: string, bare: string): void => {
    const why = rules.unknown(bare)
    if (why === undefined) return
    const near = nearNames(
      bare,
      slots.map((slot) => slot.name),
    )
    throw new FeedError(`${why} "${name}"${near.length > 0 ? `; near it: ${near.join(', ')}` : ''}`)
  }
  return {
    slots,
    // Before every run: counted loops, because iterators are objects, and a run makes none.
    read: (feeds, times) => {
      for (let k = 0; k < slots.length; k++) slots[k]!.given = undefined
      if (!isByName(feeds)) throw new FeedError(`the feeds are ${show(feeds)}, no record by name`)
      for (const name in feeds) {
        const slot = find(name)
        if (slot) slot.given = numbersOf(slot, feeds[name])
      }
      for (let k = 0; k < slots.length; k++) {
        const slot = slots[k]!
        const { given, length } = slot
        if (!given) {
          if (rules.every) throw new FeedError(`${describe(slot)} was not fed`)
        } else if (given.length !== length && given.length !== length * times) {
          const many = times > 1 ? `, or ${length * times} for ${times} runs` : ''
          throw new FeedError(
            `${describe(slot)} takes ${length} numbers${many}, and was fed ${given.length}`,
          )
        }
      }
    },
  }
}

/** No feeds at all are none by name: what was not fed is told. */
const isByName = (feeds: unknown): boolean =>
  feeds === undefined ||
  (typeof feeds === 'object' &&
    feeds !== null &&
    !(Array.isArray(feeds) || ArrayBuffer.isView(feeds) || feeds instanceof Map))

const describe = ({ kind, name, place }: Slot): string =>
  `${kind} "${name}" ${formatShape(place.shape)}`

function numbersOf(slot: Slot, value: unknown): ArrayLike<number> {
  if (ArrayBuffer.isView(value) && isTypedArray(value)) return value
  try {
    const { data, shape } = flattenNumbers(value as NestedNumbers)
    if (shape.length > 1) checkNesting(slot, shape)
    return data
  } catch (error) {
    throw new FeedError(`${describe(slot)}: ${sentenceOf(error)}`)
  }
}

const isTypedArray = (view: ArrayBufferView): view is TypedArray =>
  !(view instanceof DataView || view instanceof BigInt64Array || view instanceof BigUint64Array)

/** Nested lists say a shape: its last axes must be the leaf's, or another array is nested. */
function checkNesting({ place }: Slot, nested: Shape): void {
  const tail = place.shape.slice(-(nested.length - 1))
  const fits = nested.slice(nested.length - tail.length).every((n, axis) => n === tail[axis])
  if (!fits) throw new Error(`the lists are nested as ${formatShape(nested)}`)
}

// A table from keys to objects that does not keep the objects alive.

const FIRST_SWEEP = 4096

export class WeakTable<T extends object> {
  readonly #entries = new Map<string, WeakRef<T>>()
  /** Dead entries are swept when the table has doubled: cheaper than being told of each death. */
  #sweepAt = FIRST_SWEEP

  /** The living object under `key` that `matches`: keys may collide, equality is the caller's. */
  get(key: string, matches: (value: T) => boolean): T | undefined {
    for (let slot = key; ; slot += '′') {
      const reference = this.#entries.get(slot)
      if (!reference) return undefined
      const value = reference.deref()
      if (value && matches(value)) return value
    }
  }

  set(key: string, value: T): void {
    let slot = key
    while (this.#entries.get(slot)?.deref()) slot += '′'
    this.#entries.set(slot, new WeakRef(value))
    if (this.#entries.size >= this.#sweepAt) this.#sweep()
  }

  /** Everything that is still alive. */
  values(): T[] {
    return [...this.#entries.values()].flatMap((reference) => reference.deref() ?? [])
  }

  get size(): number {
    return this.#entries.size
  }

  #sweep(): void {
    for (const [slot, reference] of this.#entries) {
      // A dead entry before a colliding one must stay: the search for the other passes it.
      if (!reference.deref() && !this.#entries.has(`${slot}′`)) this.#entries.delete(slot)
    }
    this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#entries.size)
  }
}

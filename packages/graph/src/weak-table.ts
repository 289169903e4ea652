// A table from keys to objects that does not keep the objects alive.

const FIRST_SWEEP = 4096

export class WeakTable<T extends object> {
  readonly #entries = new Map<string, WeakRef<T>>()
  /** Dead entries are swept when the table has doubled: cheaper than being told of each death. */
  #sweepAt = FIRST_SWEEP

  /**
   * The living object under `key` that `matches`, or the one that `make` makes. Keys may collide:
   * equality is the caller's.
   */
  intern(key: string, matches: (value: T) => boolean, make: () => T): T {
    let slot = key
    let free: string | undefined
    for (let entry = this.#entries.get(slot); entry; entry = this.#entries.get(slot)) {
      const value = entry.deref()
      if (value && matches(value)) return value
      if (!value) free ??= slot
      slot += '′'
    }
    const made = make()
    this.#entries.set(free ?? slot, new WeakRef(made))
    if (this.#entries.size >= this.#sweepAt) this.#sweep()
    return made
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

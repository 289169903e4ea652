// A hash table that does not keep its objects alive. Hashes and equality are the caller's.

const FIRST_SLOTS = 1024

export class WeakTable<T extends object> {
  #entries: WeakRef<T>[] = []
  #hashes: number[] = []
  /** Open addressing: 1 + the number of an entry, 0 where free. The length is a power of two. */
  #slots = new Int32Array(FIRST_SLOTS)

  /** The living object of that hash that `matches`. */
  find(hash: number, matches: (value: T) => boolean): T | undefined {
    const last = this.#slots.length - 1
    for (let slot = hash & last; this.#slots[slot] !== 0; slot = (slot + 1) & last) {
      const entry = this.#slots[slot]! - 1
      if (this.#hashes[entry] !== hash) continue
      const value = this.#entries[entry]!.deref()
      if (value && matches(value)) return value
    }
    return undefined
  }

  /** Adds an object that `find` does not find. */
  add(hash: number, value: T): void {
    if (2 * this.#entries.length >= this.#slots.length) this.#rebuild()
    this.#place(hash, new WeakRef(value))
  }

  /** Everything that is still alive. */
  values(): T[] {
    return this.#entries.flatMap((reference) => reference.deref() ?? [])
  }

  /** Dead entries go when the table is full: cheaper than being told of each death. */
  #rebuild(): void {
    const living = [...this.#entries.keys()].filter((entry) => this.#entries[entry]!.deref())
    const [entries, hashes] = [this.#entries, this.#hashes]
    let slots = FIRST_SLOTS
    // Room for four times as many: a rebuild looks at each entry, so let it be rare.
    while (slots < 8 * living.length) slots *= 2
    this.#slots = new Int32Array(slots)
    this.#entries = []
    this.#hashes = []
    for (const entry of living) this.#place(hashes[entry]!, entries[entry]!)
  }

  #place(hash: number, reference: WeakRef<T>): void {
    const last = this.#slots.length - 1
    let slot = hash & last
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last
    this.#slots[slot] = this.#entries.push(reference)
    this.#hashes.push(hash)
  }
}

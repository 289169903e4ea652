// A table from keys to objects that does not keep the objects alive.

export class WeakTable<T extends object> {
  readonly #buckets = new Map<string, WeakRef<T>[]>()
  readonly #registry = new FinalizationRegistry<string>((key) => this.#sweep(key))

  get(key: string, matches: (value: T) => boolean): T | undefined {
    for (const reference of this.#buckets.get(key) ?? []) {
      const value = reference.deref()
      if (value && matches(value)) return value
    }
    return undefined
  }

  set(key: string, value: T): void {
    const bucket = this.#buckets.get(key)
    if (bucket) bucket.push(new WeakRef(value))
    else this.#buckets.set(key, [new WeakRef(value)])
    this.#registry.register(value, key)
  }

  #sweep(key: string): void {
    const alive = (this.#buckets.get(key) ?? []).filter((reference) => reference.deref())
    if (alive.length > 0) this.#buckets.set(key, alive)
    else this.#buckets.delete(key)
  }
}

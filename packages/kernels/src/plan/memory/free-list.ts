// Which stretches of the arena are free: best fit, neighbours merged. Lengths count entries.

interface Gap {
  readonly start: number
  readonly end: number
}

export class FreeList {
  readonly #align: number
  /** Ascending, never adjacent. */
  #gaps: Gap[] = []
  /** One past the highest entry ever taken. */
  end = 0

  constructor(align: number) {
    this.#align = align
  }

  /** The start of a stretch of that length, the tightest that fits; else the arena grows. */
  take(length: number): number {
    const wanted = this.#round(length)
    let best = -1
    this.#gaps.forEach((gap, k) => {
      const size = gap.end - gap.start
      const tightest = best < 0 || size < this.#gaps[best]!.end - this.#gaps[best]!.start
      if (size >= wanted && tightest) best = k
    })
    if (best >= 0) {
      const { start, end } = this.#gaps[best]!
      const rest = start + wanted < end ? [{ start: start + wanted, end }] : []
      this.#gaps.splice(best, 1, ...rest)
      return start
    }
    // A gap at the very end is stretched rather than left behind.
    const last = this.#gaps.at(-1)
    const start = last?.end === this.end ? last.start : this.end
    if (start !== this.end) this.#gaps.pop()
    this.end = start + wanted
    return start
  }

  release(start: number, length: number): void {
    const end = start + this.#round(length)
    const at = this.#gaps.findIndex((gap) => gap.start >= end)
    const position = at < 0 ? this.#gaps.length : at
    const before = this.#gaps[position - 1]
    const after = this.#gaps[position]
    const joinsBefore = before?.end === start
    const joinsAfter = after?.start === end
    const merged = {
      start: joinsBefore ? before.start : start,
      end: joinsAfter ? after.end : end,
    }
    const from = position - (joinsBefore ? 1 : 0)
    this.#gaps.splice(from, Number(joinsBefore) + Number(joinsAfter), merged)
  }

  #round(length: number): number {
    return Math.ceil(length / this.#align) * this.#align
  }
}

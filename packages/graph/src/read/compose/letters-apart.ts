// Letters of two arrays in one formula, told apart.

/** Letters that are none of the others: a prime for each that is. */
export function apartFrom(
  letters: readonly (string | undefined)[],
  others: readonly (string | undefined)[],
): (string | undefined)[] {
  const used = new Set(others)
  return letters.map((letter) => {
    let free = letter
    while (free !== undefined && used.has(free)) free += '′'
    used.add(free)
    return free
  })
}

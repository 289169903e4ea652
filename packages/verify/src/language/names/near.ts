// Which names of the graph look like one that it does not have.

/** Edit distance, of short strings only. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [i, character] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const substitution = row[j]! + (character === b[j] ? 0 : 1)
      next.push(Math.min(substitution, row[j + 1]! + 1, next[j]! + 1))
    }
    row = next
  }
  return row.at(-1)!
}

/** Up to four, nearest first; all of them where there are no more. */
export const nearNames = (name: string, known: readonly string[]): string[] => {
  const short = name.slice(0, 40)
  return [...new Set(known)]
    .map((candidate) => ({ candidate, far: distance(short, candidate.slice(0, 40)) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 4)
    .map(({ candidate }) => candidate)
}

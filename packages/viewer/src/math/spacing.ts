// How far apart what stands side by side is, as TeX has it: by what each of them is.

export type Kind =
  | 'ord'
  | 'op'
  | 'bin'
  | 'rel'
  | 'open'
  | 'close'
  | 'punct'
  | 'inner'
  /** Brackets and what is between them: what is beside them has a bracket beside it. */
  | 'fenced'
  /** A space that was written: others stand as if it were not there. */
  | 'gap'

/** In eighteenths of an em. Around what is small, thin spaces of operators alone are left. */
export function between(before: Kind, after: Kind, isSmall: boolean): number {
  const left = before === 'fenced' ? 'close' : before
  const right = after === 'fenced' ? 'open' : after
  const isThin = (kind: Kind) => kind === 'ord' || kind === 'op' || kind === 'inner'
  if (left !== 'rel' && right !== 'rel') {
    if (left === 'op') return isThin(right) ? 3 : 0
    if (right === 'op' && (isThin(left) || left === 'close')) return 3
  }
  if (isSmall) return 0
  if (left === 'bin' || right === 'bin') return 4
  if (left === 'rel') return isThin(right) || right === 'open' ? 5 : 0
  if (right === 'rel') return left === 'open' ? 0 : 5
  if (left === 'punct') return 3
  if (left === 'inner') return right === 'close' ? 0 : 3
  return right === 'inner' && left !== 'open' ? 3 : 0
}

/** A sign of two sides that lacks one of them is none: −x, (−x, a = −x. */
export function settled(kinds: readonly Kind[]): Kind[] {
  const found = [...kinds]
  let before: number | undefined
  found.forEach((kind, k) => {
    if (kind === 'gap') return
    const last = before === undefined ? undefined : found[before]
    if (kind === 'bin' && (last === undefined || /bin|op|rel|open|punct/.test(last)))
      found[k] = 'ord'
    if (last === 'bin' && /rel|close|punct/.test(kind)) found[before!] = 'ord'
    before = k
  })
  if (before !== undefined && found[before] === 'bin') found[before] = 'ord'
  return found
}

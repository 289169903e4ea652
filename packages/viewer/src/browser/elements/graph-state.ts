// What a link to a graph page says: the chosen array, the entry, the open blocks, the half.
import type { Side } from '../../mirror/cells.ts'

export interface State {
  readonly open: ReadonlySet<string>
  readonly sides: readonly Side[]
  readonly zoom: number
  readonly node?: string
  readonly at?: readonly number[]
  readonly paths?: boolean
}

const SIDES: Readonly<Record<string, readonly Side[]>> = {
  forward: ['forward'],
  derivative: ['derivative'],
  both: ['forward', 'derivative'],
}

/** Only what is said, and only what can be meant: a link is somebody else's text. */
export function readState(hash: string): Partial<State> {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const [node, at, open, half] = ['node', 'at', 'open', 'half'].map((key) => given.get(key))
  const numbers = (at ?? '').split(',').map(Number)
  const isPlace = at && numbers.every((n) => Number.isSafeInteger(n) && n > 0)
  const sides = half && Object.hasOwn(SIDES, half) ? SIDES[half] : undefined
  return {
    ...(node && { node }),
    ...(isPlace && { at: numbers }),
    ...(open !== null && open !== undefined && { open: new Set(open.split(',').filter(Boolean)) }),
    ...(sides && { sides }),
    ...(given.has('paths') && { paths: true }),
  }
}

export function writeState({ node, at, open, sides, paths }: State): string {
  const half = sides.length === 2 ? 'both' : sides[0]!
  const said = new URLSearchParams({
    ...(node && { node }),
    ...(at && { at: at.join() }),
    ...(open.size > 0 && { open: [...open].join() }),
    half,
    ...(paths && { paths: '' }),
  })
  return `#${said}`
}

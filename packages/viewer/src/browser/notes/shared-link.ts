// Notes in the address of a page: written a second after the last key, read when the page opens
// and when another link is opened in the same tab.
import { pack, unpack } from '../../share.ts'

/** Milliseconds of rest after a key before the address changes. */
const REST = 1000

export interface SharedLink {
  /** What the address holds; `broken` where it holds what are no notes. */
  read(): Promise<{ readonly text?: string; readonly broken?: true }>
  /** Writes the address once nobody types. */
  remember(text: string): void
  write(text: string): Promise<void>
  /** The address stays as it is, until somebody types. */
  keep(): void
  close(): void
}

/** `changed`: somebody opened another link; what the page itself writes is none. */
export function sharedLink(changed: () => void): SharedLink {
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = async (text: string): Promise<void> => {
    history.replaceState(null, '', `#n=${await pack(text)}`)
  }
  const keep = (): void => clearTimeout(timer)
  addEventListener('hashchange', changed)
  return {
    async read() {
      const packed = /^#n=(.+)$/.exec(location.hash)?.[1]
      if (!packed) return {}
      const text = await unpack(packed)
      return text === undefined ? { broken: true } : { text }
    },
    remember(text) {
      keep()
      timer = setTimeout(() => void write(text), REST)
    },
    ...{ write, keep },
    close() {
      keep()
      removeEventListener('hashchange', changed)
    },
  }
}

// A document in a link: deflated, as letters that an address may hold. What comes in is somebody
// else's, and may be a bomb: it is unpacked only up to a limit.

export const MOST_CHARACTERS = 100_000

/** The part of an address after `#n=`. */
export async function pack(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  const packed = await collect(through(bytes, new CompressionStream('deflate-raw')), Infinity)
  let binary = ''
  for (const byte of packed!) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Undefined for what was not packed so, and beyond the limit. */
export async function unpack(packed: string): Promise<string | undefined> {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const stream = through(bytes, new DecompressionStream('deflate-raw'))
    const text = await collect(stream, 4 * MOST_CHARACTERS)
    if (!text) return undefined
    const read = new TextDecoder('utf-8', { fatal: true }).decode(text)
    return read.length <= MOST_CHARACTERS ? read : undefined
  } catch {
    return undefined
  }
}

type Bytes = Uint8Array<ArrayBuffer>

const through = (bytes: Bytes, way: CompressionStream | DecompressionStream) =>
  new Blob([bytes]).stream().pipeThrough(way) as ReadableStream<Bytes>

async function collect(stream: ReadableStream<Bytes>, most: number): Promise<Bytes | undefined> {
  const chunks: Bytes[] = []
  let length = 0
  const reader = stream.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length
    if (length > most) {
      await reader.cancel()
      return undefined
    }
    chunks.push(read.value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

// The only way from this package to the disk. Nothing is imported from Node when a module loads,
// so that everything else runs in a browser; a loader called there throws a DataError.
import { DataError } from './errors.ts'

type FileSystem = typeof import('node:fs')
type Path = typeof import('node:path')
type Zlib = typeof import('node:zlib')

/** Bytes of content beyond which a file, compressed or not, is refused: 1 GiB. */
export const MAX_BYTES = 2 ** 30

/** Node's `fs`, `path` and `zlib`; a DataError naming `source` where there is no Node ≥ 20.16. */
export function node(source: string): { fs: FileSystem; path: Path; zlib: Zlib } {
  const load = globalThis.process?.getBuiltinModule
  if (load === undefined) {
    throw new DataError(source, 'platform', 'files can be read and written only in Node 20.16 on.')
  }
  return { fs: load('node:fs'), path: load('node:path'), zlib: load('node:zlib') }
}

/**
 * A regular file's bytes, decompressed when they begin with gzip's mark. A DataError for a file
 * that is absent, not regular, broken, or of more than `maxBytes` before or after decompression.
 */
export function readContent(path: string, maxBytes = MAX_BYTES): Uint8Array {
  const { fs, zlib } = node(path)
  const bytes = attempt(path, 'file', 'cannot be read', () => {
    const { size } = regularFile(path, fs)
    if (size > maxBytes) {
      throw new DataError(path, 'file', `${size} bytes are more than the limit of ${maxBytes}.`)
    }
    return fs.readFileSync(path)
  })
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  return attempt(path, 'gzip', 'cannot be decompressed', () =>
    zlib.gunzipSync(bytes, { maxOutputLength: maxBytes }),
  )
}

/** The value of `action`, whatever it throws turned into a DataError that keeps the cause. */
export function attempt<T>(source: string, field: string, what: string, action: () => T): T {
  try {
    return action()
  } catch (cause) {
    if (cause instanceof DataError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DataError(source, field, `${what} (${reason}).`, { cause })
  }
}

function regularFile(path: string, fs: FileSystem) {
  const status = fs.statSync(path)
  if (!status.isFile()) throw new DataError(path, 'file', 'this is not a regular file.')
  return status
}

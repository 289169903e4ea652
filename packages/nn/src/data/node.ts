// The only way from this package to the disk. Nothing is imported from Node when a module loads,
// so that everything else runs in a browser; a loader called there throws a DataError.
import { show } from '@backprove/graph'
import { DataError } from './errors.ts'
import { gunzip, isGzip } from './formats/inflate.ts'

type FileSystem = typeof import('node:fs')
type Path = typeof import('node:path')

const FILE_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'that is not allowed',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'it, or a part of its path, is no folder',
  EPERM: 'that is not allowed',
  EROFS: 'the disk can only be read',
}

/** Why a file could not be read or written, in words; undefined where the disk was not asked. */
export function fileReason(cause: unknown): string | undefined {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException
  return code !== undefined && Object.hasOwn(FILE_REASONS, code) ? FILE_REASONS[code] : undefined
}

/** Bytes of content beyond which a file, compressed or not, is refused: 1 GiB. */
export const MAX_BYTES = 2 ** 30

/** Node's `fs` and `path`; a DataError naming `source` where there is no Node ≥ 20.16. */
export function node(source: string): { fs: FileSystem; path: Path } {
  if (typeof source !== 'string') {
    throw new DataError(source, 'path', "a file's path is text, such as 'data/digits.csv'.")
  }
  if (/^(?:https?|data|blob):/i.test(source)) {
    const how = 'new Uint8Array(await (await fetch(address)).arrayBuffer())'
    throw new DataError(source, 'path', `this is an address and no path; its bytes are ${how}.`)
  }
  const load = globalThis.process?.getBuiltinModule
  if (load === undefined) {
    const what = 'files are read and written in Node alone; a page has the bytes'
    throw new DataError(
      source,
      'platform',
      `${what}: decodePng, decodeCsv, load(bytes), save(model).`,
    )
  }
  return { fs: load('node:fs'), path: load('node:path') }
}

/**
 * A regular file's bytes, decompressed when they begin with gzip's mark. A DataError for a file
 * that is absent, not regular, broken, or of more than `maxBytes` before or after decompression.
 */
export function readContent(path: string, maxBytes = MAX_BYTES): Uint8Array {
  const { fs } = node(path)
  const bytes = attempt(path, 'file', 'cannot be read', () => {
    const { size } = regularFile(path, fs)
    if (size > maxBytes) {
      throw new DataError(path, 'file', `${size} bytes are more than the limit of ${maxBytes}.`)
    }
    return fs.readFileSync(path)
  })
  return decompressed(bytes, path, maxBytes)
}

/** @throws DataError where a path or a text was given in place of a file's bytes */
export function requireBytes(given: unknown, source: string): Uint8Array {
  if (given instanceof Uint8Array) return given
  if (given instanceof ArrayBuffer) return new Uint8Array(given)
  throw new DataError(source, 'bytes', `${show(given)} is not a file's bytes, a Uint8Array.`)
}

/** The bytes, decompressed when they begin with gzip's mark. */
export const decompressed = (
  bytes: Uint8Array,
  source: string,
  maxBytes = MAX_BYTES,
): Uint8Array =>
  isGzip(bytes)
    ? attempt(source, 'gzip', 'cannot be decompressed', () => gunzip(bytes, maxBytes))
    : bytes

/** The value of `action`, whatever it throws turned into a DataError that keeps the cause. */
export function attempt<T>(source: string, field: string, what: string, action: () => T): T {
  try {
    return action()
  } catch (cause) {
    if (cause instanceof DataError) throw cause
    const reason = fileReason(cause) ?? (cause instanceof Error ? cause.message : String(cause))
    throw new DataError(source, field, `${what} (${reason}).`, { cause })
  }
}

function regularFile(path: string, fs: FileSystem) {
  const status = fs.statSync(path)
  if (status.isFile()) return status
  const what = status.isDirectory() ? 'a folder' : 'not a regular file'
  throw new DataError(path, 'file', `this is ${what}.`)
}

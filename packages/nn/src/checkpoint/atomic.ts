// Writing a file so that whoever reads it, after whatever accident, finds the old content or the
// new, whole. It knows nothing of what the bytes mean.
import { fileReason, node } from '../data/node.ts'
import { CheckpointError } from './errors.ts'

/** The part of Node's `fs` that `writeAtomically` needs; tests pass one that fails. */
export type AtomicFileSystem = Pick<
  typeof import('node:fs'),
  'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'unlinkSync'
>

/**
 * Replaces the file at `path` by `bytes`: a temporary file beside it is written and flushed, then
 * renamed over it, then the folder is flushed, so that the new name survives a loss of power too.
 * Throws CheckpointError naming the act that failed; the old file then stands unchanged, unless it
 * was the folder's flush that failed, when the new one stands.
 */
export function writeAtomically(
  path: string,
  bytes: Uint8Array,
  fs: AtomicFileSystem = node(path).fs,
): void {
  const temporary = `${path}.${globalThis.process.pid}.tmp`
  let act = 'open'
  try {
    const file = fs.openSync(temporary, 'w')
    try {
      act = 'write'
      for (let done = 0; done < bytes.length; ) {
        done += fs.writeSync(file, bytes, done, bytes.length - done)
      }
      act = 'flush'
      fs.fsyncSync(file)
    } finally {
      fs.closeSync(file)
    }
    act = 'rename'
    fs.renameSync(temporary, path)
  } catch (cause) {
    removeQuietly(temporary, fs)
    const why = reasonOf(path, cause)
    throw new CheckpointError(act, `${path} could not be written${why}; it is as it was.`, {
      cause,
    })
  }
  // Windows has no flush of a folder: there the rename itself is the last word.
  if (globalThis.process.platform === 'win32') return
  try {
    flushFolder(node(path).path.dirname(path), fs)
  } catch (cause) {
    const sentence = `${path} is written, but may not survive a loss of power.`
    throw new CheckpointError('folder flush', sentence, { cause })
  }
}

/** What a person can do something about. */
function reasonOf(path: string, cause: unknown): string {
  const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT'
  const why = isAbsent ? `there is no folder ${node(path).path.dirname(path)}` : fileReason(cause)
  return why === undefined ? '' : `: ${why}`
}

function flushFolder(folder: string, fs: AtomicFileSystem): void {
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

function removeQuietly(path: string, fs: AtomicFileSystem): void {
  try {
    fs.unlinkSync(path)
  } catch {
    // It was never made, or cannot be removed: the error that led here says more.
  }
}

// Files as the commands read and write them: what goes wrong with one is said in words, and is a
// wrong use of the command.
import { existsSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileReason, load } from '@backprove/nn'
import { UsageError } from './shell.ts'

/** Why it failed, in words. */
const failed = (path: string, error: unknown): UsageError =>
  new UsageError(`${path}: ${fileReason(error) ?? (error as Error).message}`)

/** The name of what is piped in. */
export const STANDARD_INPUT = '-'

async function pipedIn(): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

/** The bytes of a file, or of standard input. @throws UsageError where it cannot be read */
export const readBytes = (path: string): Promise<Uint8Array> =>
  (path === STANDARD_INPUT ? pipedIn() : readFile(path)).then(
    (bytes) => new Uint8Array(bytes),
    (error) => {
      throw failed(path, error)
    },
  )

/**
 * A file of text: UTF-8, or UTF-16 that says so, as editors on Windows write it.
 * @throws UsageError where it cannot be read, or is none
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path)
  const [first, second] = bytes
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  const encoding = isWide ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Said below.
  }
  throw new UsageError(`${path}: this is no text; a document is a file of text, in UTF-8`)
}

/** A checkpoint. @throws UsageError for a folder; what `load` throws for a file that is none */
export function loadFrom(path: string): ReturnType<typeof load> {
  if (isFolder(path)) {
    throw new UsageError(`${path}: it is a folder; a checkpoint is a file, as train saves it`)
  }
  return load(path)
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** @throws UsageError where it cannot be written */
export async function written(path: string, data: string | Uint8Array): Promise<void> {
  requirePlace(path)
  await writeFile(path, data).catch((error: unknown) => {
    throw failed(path, error)
  })
}

/** Looked at before the work whose result goes there. @throws UsageError where no file can be */
export function requirePlace(path: string): void {
  const folder = dirname(path)
  if (!existsSync(folder)) throw new UsageError(`${path}: there is no folder ${folder}`)
  if (isFolder(path)) {
    throw new UsageError(`${path}: it is a folder; give the name of a file`)
  }
}

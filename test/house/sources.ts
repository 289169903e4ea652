// The files of this repository as the house rules see them: what git tracks or would track.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Paths relative to the root, with forward slashes, of every file that is not ignored. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(root + path))

export const sources = files.filter((path) => /\.[cm]?[jt]sx?$/.test(path))

export const read = (path: string): string => readFileSync(root + path, 'utf8')

/** The module specifiers that a source names in static imports, re-exports and import(). */
export function importsOf(path: string): string[] {
  return ts.preProcessFile(read(path), true, true).importedFiles.map((file) => file.fileName)
}

// Bundles on disk, until one of the files that they are made of is another: ten files of tests ask
// for the same four. Only the repository keeps them; a published package has them built.
import { globSync } from 'node:fs'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AssetName } from '../asset-names.ts'

const pathOf = (from: string): string => fileURLToPath(new URL(from, import.meta.url))
const makers = pathOf('.')
/** Those who bundle, and the versions of those who do it with them. */
const MAKERS = [
  ...globSync('**/*.ts', { cwd: makers }).map((file) => join(makers, file)),
  pathOf('../../package.json'),
]

/** A bundle, and when each file was changed last, in milliseconds; 0 where it is gone. */
interface Kept {
  readonly text: string
  readonly files: readonly (readonly [path: string, changed: number])[]
}

const changedAt = async (path: string): Promise<number> => {
  const found = await stat(path).catch(() => undefined)
  return found?.mtimeMs ?? 0
}

async function isFresh({ files }: Kept): Promise<boolean> {
  const now = await Promise.all(files.map(([path]) => changedAt(path)))
  return files.every(([, changed], k) => changed === now[k])
}

/** The bundle, made where the one on disk is of other files. */
export async function keptBundle(
  name: AssetName,
  folder = pathOf('../../node_modules/.cache/assets'),
): Promise<string> {
  const file = join(folder, `${name}.json`)
  const found = await readFile(file, 'utf8').catch(() => undefined)
  if (found !== undefined) {
    const kept = JSON.parse(found) as Kept
    if (await isFresh(kept)) return kept.text
  }
  const started = Date.now()
  const { bundled } = await import('./bundle.ts')
  const { text, inputs } = await bundled(name)
  // Paths of what is bundled are told from where the process works.
  const paths = [...MAKERS, ...inputs.map((input) => resolve(input))]
  const files = await Promise.all(paths.map(async (path) => [path, await changedAt(path)] as const))
  // What was changed meanwhile may be half in it.
  if (files.every(([, changed]) => changed < started))
    await written(file, JSON.stringify({ text, files } satisfies Kept))
  return text
}

/** Tests run side by side: whoever reads it reads it whole. */
async function written(file: string, text: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true })
  const own = `${file}.${process.pid}`
  await writeFile(own, text)
  await rename(own, file)
}

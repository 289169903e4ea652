// Writes what a published package carries beside its library: the scripts of the pages.
import { mkdir, writeFile } from 'node:fs/promises'
import { ASSETS } from '../asset-names.ts'
import { bundled } from './bundle.ts'
import { sourceFont } from './font.ts'

/** The files that they are made of, others' packages among them. */
export async function writeAssets(): Promise<string[]> {
  const folder = new URL('../../dist/assets/', import.meta.url)
  await mkdir(folder, { recursive: true })
  const files = new Set([sourceFont()])
  for (const name of ASSETS) {
    const { text, inputs } = await bundled(name)
    await writeFile(new URL(name, folder), text)
    for (const path of inputs) files.add(path)
  }
  return [...files]
}

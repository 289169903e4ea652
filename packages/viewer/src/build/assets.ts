// Writes what a published package carries beside its library: the scripts of the pages.
import { mkdir, writeFile } from 'node:fs/promises'
import { ASSETS } from '../assets.ts'
import { bundle } from './bundle.ts'

export async function writeAssets(): Promise<void> {
  const folder = new URL('../../dist/assets/', import.meta.url)
  await mkdir(folder, { recursive: true })
  for (const name of ASSETS) await writeFile(new URL(name, folder), await bundle(name))
}

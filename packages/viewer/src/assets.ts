// The scripts of the pages, as text. A published package carries them built; in the repository they
// are bundled when they are asked for.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { optionError } from '@backprove/graph'
import { ASSETS, type AssetName } from './asset-names.ts'

/** The mathematical font's own bytes. */
export async function fontBytes(): Promise<Uint8Array> {
  const built = new URL('assets/math.woff2', import.meta.url)
  if (existsSync(built)) return readFileSync(built)
  const { mathFont } = await import('./build/font.ts')
  return mathFont()
}

const known = new Map<AssetName, Promise<string>>()

/**
 * The text of a built script or style, read once.
 * @throws (as a rejection) OptionError for a name that is none of {@link ASSETS}
 */
export function asset(name: AssetName): Promise<string> {
  if (!ASSETS.includes(name)) {
    const refused = optionError('asset', 'name', name, `one of ${ASSETS.join(', ')}`)
    return Promise.reject(refused)
  }
  const text = known.get(name) ?? read(name)
  known.set(name, text)
  return text
}

async function read(name: AssetName): Promise<string> {
  const built = new URL(`assets/${name}`, import.meta.url)
  if (existsSync(built)) return readFileSync(built, 'utf8')
  const { keptBundle } = await import('./build/kept.ts')
  return keptBundle(name)
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')

// What the maps of a built folder show: our sources as they are written, which the build changes
// within their lines, and of others' code the names alone.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface SourceMap {
  readonly sources: readonly string[]
  readonly names: readonly string[]
  readonly mappings: string
  sourcesContent: readonly (string | null)[]
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** A number in base 64: all digits but the last say that another one follows. */
const number = new RegExp(`[${DIGITS.slice(32)}]*[${DIGITS.slice(0, 32)}]`, 'g')

/** What a place was called in the source stands in the source: a place of five numbers has four. */
const withoutNames = (mappings: string): string =>
  mappings.replace(/[^;,]+/g, (place) => {
    const numbers = place.match(number) ?? []
    return numbers.length === 5 ? numbers.slice(0, 4).join('') : place
  })

/** The same map, `read` gives what a source says; undefined where there is no such file. */
export function shownSources<Given extends SourceMap>(
  map: Given,
  read: (source: string) => string | undefined,
): Given {
  const shown = (source: string, at: number): string | null =>
    source.includes('node_modules/') ? null : (read(source) ?? map.sourcesContent[at] ?? null)
  const mappings = withoutNames(map.mappings)
  return { ...map, names: [], mappings, sourcesContent: map.sources.map(shown) }
}

/** In every map of the folder. */
export function showSources(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.js.map'))) {
    const path = join(folder, name)
    const read = (source: string): string | undefined => {
      const file = join(folder, source)
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined
    }
    writeFileSync(path, JSON.stringify(shownSources(JSON.parse(readFileSync(path, 'utf8')), read)))
  }
}

// What the maps of a built folder show: our sources as they are written, which the build changes
// within their lines, and of others' code the names alone.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface SourceMap {
  readonly sources: readonly string[]
  sourcesContent: readonly (string | null)[]
}

/** The same map, `read` gives what a source says; undefined where there is no such file. */
export function shownSources<Given extends SourceMap>(
  map: Given,
  read: (source: string) => string | undefined,
): Given {
  const shown = (source: string, at: number): string | null =>
    source.includes('node_modules/') ? null : (read(source) ?? map.sourcesContent[at] ?? null)
  return { ...map, sourcesContent: map.sources.map(shown) }
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

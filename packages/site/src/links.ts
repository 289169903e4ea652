// Every link of the site that stays on it, followed.
import { posix } from 'node:path'

export function brokenLinks(files: ReadonlyMap<string, string | Uint8Array>): string[] {
  const ids = new Map<string, ReadonlySet<string>>()
  for (const [path, content] of files) {
    if (typeof content !== 'string' || !path.endsWith('.html')) continue
    ids.set(path, new Set([...content.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)))
  }
  const broken: string[] = []
  for (const [path, content] of files) {
    if (typeof content !== 'string' || !path.endsWith('.html') || path.startsWith('live/')) continue
    for (const [, address = ''] of content.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(address)) continue
      const [file = '', anchor] = address.split('#')
      const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file))
      const isThere = files.has(target)
      const isAnchored = !anchor || ids.get(target)?.has(decodeURIComponent(anchor))
      if (!isThere || !isAnchored) broken.push(`${path}: ${address}`)
    }
  }
  return broken
}

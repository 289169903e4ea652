// The network that a place in a document speaks of: the last block above it that holds one.

const FENCE = /^(`{3,}|~{3,})[ \t]*network[^\n]*\n([\s\S]*?)^\1[ \t]*$/gm

export function networkAt(text: string, at: number): string | undefined {
  let found: string | undefined
  for (const { index, 2: body } of text.matchAll(FENCE)) {
    if (index > at && found !== undefined) break
    found = body
  }
  return found
}

// What the scripts of the pages are called.

export const ASSETS = ['graph-page.js', 'notes-page.js', 'elements.js', 'lazy.js'] as const
export type AssetName = (typeof ASSETS)[number]

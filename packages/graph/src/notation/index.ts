// The readers of the one notation: text ↔ tree, LaTeX, values, adjoints, sizes.

export * from './error.ts'
export * from './parse.ts'
export * from './syntax.ts'

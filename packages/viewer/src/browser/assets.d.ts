// What the bundler makes of files that are no code: a style sheet its text, a font its bytes.
declare module '*.css' {
  const text: string
  export default text
}
declare module '*.woff2' {
  const bytes: Uint8Array<ArrayBuffer>
  export default bytes
}
declare module '*.md' {
  const text: string
  export default text
}
/** The text of the worker that the bundler puts beside a page's script. */
declare const $worker: () => string

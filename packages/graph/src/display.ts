// How consoles and notebooks show a value of ours: a few lines of text in place of its internals,
// LaTeX and a small table where they are rendered. Node asks by one symbol, notebooks by another.
/** What a value looks like. */
export interface Display {
  readonly text: string
  readonly latex?: string
  /** Pairs of what and which, for a table of two columns. */
  readonly rows?: readonly (readonly [string, string])[]
}

/** What `console.log` of Node, Deno and Bun asks for. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never

/** What notebooks ask for: texts by media type. */
export const JUPYTER: unique symbol = Symbol.for('Jupyter.display') as never

/** The texts of a notebook's cell, by media type. */
export function mediaOf({ text, latex, rows }: Display): Record<string, string> {
  return {
    'text/plain': text,
    ...(latex !== undefined && { 'text/latex': `$$${latex}$$` }),
    ...(rows && { 'text/html': tableOf(rows, latex) }),
  }
}

/** The same object, shown so, in a template too; nothing of it is data: it is left out of JSON and of comparisons. */
export function displayed<T extends object>(value: T, display: () => Display): T {
  return Object.defineProperties(value, {
    [INSPECT]: { value: () => display().text, configurable: true },
    [JUPYTER]: { value: () => mediaOf(display()), configurable: true },
    ...(value.toString === Object.prototype.toString && {
      toString: { value: () => display().text, configurable: true, writable: true },
    }),
  })
}

/** Where HTML is preferred, what sets formulas finds them in it. */
function tableOf(rows: NonNullable<Display['rows']>, latex: string | undefined): string {
  const equation =
    latex === undefined ? '' : `<tr><td colspan="2">${escaped(`$$${latex}$$`)}</td></tr>`
  const lines = rows.map(
    ([what, which]) => `<tr><th>${escaped(what)}</th><td>${escaped(which)}</td></tr>`,
  )
  return `<table>${equation}${lines.join('')}</table>`
}

/** A name is a user's text: nothing of it is markup. */
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

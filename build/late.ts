// What another's module sets up when it loads is set up when it is first asked for: KaTeX defines
// some thousand symbols, and only a formula in LaTeX needs its parser. What would set a formula,
// the sizes of letters and the shapes of roots, is left out.
import { readFileSync } from 'node:fs'

interface Build {
  onLoad(
    options: { filter: RegExp },
    load: (file: { path: string }) => { contents: string; loader: 'js' },
  ): void
}

/** A plugin of esbuild. */
export const late = {
  name: 'late',
  setup(build: Build): void {
    build.onLoad({ filter: /katex\.mjs$/ }, ({ path }) => ({
      contents: lateParser(readFileSync(path, 'utf8')),
      loader: 'js',
    }))
  },
}

const METRICS = /^var fontMetricsData = \{[\s\S]*?^\};$/m
const SHAPES = /^var path = \{[\s\S]*?^\};$/m
const EXPORTS = /^export \{[^}]*\};$/m
/** The two letters that it looks up as it loads. */
const FEW = 'var fontMetricsData = {"Main-Regular": {65: [0, 0.68333], 84: [0, 0.67]}};'

/** @throws Error where the module is not of the form that is known */
function lateParser(text: string): string {
  for (const part of [METRICS, SHAPES, EXPORTS]) {
    if (!part.test(text)) throw new Error(`KaTeX has changed: there is no ${part}`)
  }
  const body = text.replace(METRICS, FEW).replace(SHAPES, 'var path = {};').replace(EXPORTS, '')
  return [
    `const load = () => {\n${body}\nreturn generateParseTree }`,
    'let parse',
    'export default { __parse: (...given) => (parse ??= load())(...given) }',
  ].join('\n')
}

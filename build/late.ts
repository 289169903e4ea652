// What of others' packages runs, and when. What their modules set up when they load is set up when
// it is first asked for: KaTeX defines some thousand symbols, fflate fills the tables of its codes.
// And there is less of them to read for whoever loads a package: nobody's errors name them.
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build as bundle, type StdinOptions, transform } from 'esbuild'
import { parserOf } from '../packages/viewer/src/build/trim/katex.ts'
import { inAscii } from './ascii.ts'
import { giveLicences } from './licences.ts'

interface Build {
  onLoad(
    options: { filter: RegExp },
    load: (file: { path: string }) => Promise<{ contents: string; loader: 'js' }>,
  ): void
}

/** By the module: what of it is used, in parts that are asked for apart; classes by `new`. */
const LATE: readonly (readonly [module: RegExp, parts: readonly (readonly string[])[]])[] = [
  [/fflate[\\/]esm[\\/]\w+\.m?js$/, [['new Gunzip', 'new Unzlib']]],
  [/jpeg-js[\\/]index\.js$/, [['decode']]],
  [/fast-png[\\/]lib[\\/]index\.js$/, [['decode', 'convertIndexedToRgb', 'encode']]],
  [/papaparse[\\/]papaparse(\.min)?\.js$/, [['default.parse']]],
]

/** A plugin of esbuild. */
export const late = {
  name: 'late',
  setup(build: Build): void {
    build.onLoad({ filter: /katex\.mjs$/ }, async ({ path }) => ({
      contents: await lateParser(readFileSync(path, 'utf8')),
      loader: 'js',
    }))
    for (const [filter, parts] of LATE) {
      build.onLoad({ filter }, async ({ path }) => {
        const all = await Promise.all(parts.map((names, at) => latePart(path, names, at)))
        return { contents: all.join('\n'), loader: 'js' }
      })
    }
    build.onLoad({ filter: /node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { minify: true })
      return { contents: inAscii(code, path), loader: 'js' }
    })
  },
}

/** Some of a module's exports, each of which loads them all when it is first called. */
async function latePart(path: string, names: readonly string[], at: number): Promise<string> {
  const bare = names.map((name) => name.replace('new ', ''))
  const exported = bare.map((name) => name.replace(/\..*/, ''))
  const contents = `export { ${exported.join(', ')} } from ${JSON.stringify(path)}`
  const module = await inOne({ contents, resolveDir: dirname(path), loader: 'js' })
  const calls = names.map((name, k) =>
    name.startsWith('default.')
      ? `export default { ${name.slice(8)}: (...given) => loaded${at}().${name}(...given) }`
      : name === bare[k]
        ? `export const ${name} = (...given) => loaded${at}().${name}(...given)`
        : `export function ${bare[k]}(...given) { return ${name.replace('new ', `new (loaded${at}()).`)}(...given) }`,
  )
  return [
    `function load${at}() {\n${module}\nreturn whole }`,
    `let part${at}`,
    `const loaded${at} = () => (part${at} ??= load${at}())`,
    ...calls,
  ].join('\n')
}

/** The parser alone, without what would set a formula. */
async function lateParser(katex: string): Promise<string> {
  const exports = /^export \{[^}]*\};$/m
  if (!exports.test(katex)) throw new Error('KaTeX has changed: it exports nothing by name')
  const contents = parserOf(katex).replace(exports, 'export { generateParseTree };')
  return [
    `function load() {\n${await inOne({ contents, loader: 'js' })}\nreturn whole.generateParseTree }`,
    'let parse',
    'export default { __parse: (...given) => (parse ??= load())(...given) }',
  ].join('\n')
}

/** A module and all that it imports, as a script that sets the variable `whole`. */
async function inOne(stdin: StdinOptions): Promise<string> {
  const { outputFiles, metafile } = await bundle({
    stdin,
    ...{ bundle: true, minify: true, write: false, format: 'iife', globalName: 'whole' },
    metafile: true,
    ...{ platform: 'browser', target: 'node20', logLevel: 'error' },
    supported: { 'regexp-unicode-property-escapes': true },
  })
  // What such a module needs goes with its licence too.
  giveLicences(Object.keys(metafile.inputs))
  return inAscii(outputFiles[0]!.text)
}

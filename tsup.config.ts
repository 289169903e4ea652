// How every package is built, run from the package's folder: an output for each of its exports, and
// the command and the worker if any. What needs another's package is a file of its own, which a
// bundler can leave out whole. Maps of the sources go with it, so that a stack shows them.

import { copyFileSync, existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineConfig } from 'tsup'
import { apart } from './build/apart.ts'
import { late } from './build/late.ts'
import { giveLicences, licences } from './build/licences.ts'
import { showSources } from './build/maps.ts'
import { mergeShared } from './build/merged.ts'
import { pureCalls } from './build/pure-calls.ts'

interface Manifest {
  readonly name: string
  /** `./element`, and the source that it is. */
  readonly exports: Readonly<Record<string, string>>
  readonly publishConfig: {
    /** Where each of them is found once it is built. */
    readonly exports: Readonly<Record<string, { readonly default?: string }>>
  }
}

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const library = Object.fromEntries(
  Object.entries(manifest.exports).flatMap(([name, source]) => {
    const built = manifest.publishConfig.exports[name]?.default
    return built?.endsWith('.js') && source.endsWith('.ts')
      ? [[basename(built, '.js'), source]]
      : []
  }),
)
/** Bundled where they are used: they are loaded late, or do nothing when they load. */
const within = 'katex|fast-png|fflate|jpeg-js|papaparse|pure-rand'
/** `from 'mathjs'`: neither a file beside it, nor a package of ours, nor Node's, nor one of those. */
const others = new RegExp(
  `^(?:import|export|\\}) (?!type).*from '(?!\\.|@backprove/|node:|(?:${within})\\b)`,
  'm',
)
const needsOthers = Object.fromEntries(
  globSync('src/**/*.ts')
    .filter(
      (path) =>
        !/\.(test|fixture)\.ts$|[\\/](testing|build|browser|chromium|element)[\\/]/.test(path),
    )
    .filter((path) => others.test(readFileSync(path, 'utf8')))
    .map((path) => [basename(path, '.ts'), path]),
)
/** What is linked where it is loaded, see docs/decisions: a page without it does without. */
const linked = {
  ...{ shown: 'src/read/shown.ts', linked: 'src/js/linked.ts' },
  ...{ relaxed: 'src/wasm/winograd/relaxed.ts', seldom: 'src/wasm/seldom/seldom.ts' },
}
for (const [name, path] of Object.entries(linked)) if (existsSync(path)) needsOthers[name] = path
const hasCommand = existsSync('src/main.ts')
const command = { cli: 'src/main.ts' }
const threads = 'src/wasm/threads/worker.ts'
const worker = existsSync(threads) ? { worker: threads } : {}
const pages = 'src/build/assets.ts'
/** What the declarations need that a user's own `lib` may lack. */
const program = 'src/program.ts'
const disposes = existsSync(program) && readFileSync(program, 'utf8').includes('Symbol.dispose')
/** Two megabytes, inside of which nobody's functions run; what it refuses stands in verdicts. */
const isVerify = manifest.name === '@backprove/verify'
const banner = disposes ? '/// <reference lib="esnext.disposable" />' : undefined

export default defineConfig({
  entry: hasCommand ? { ...library, ...command } : { ...needsOthers, ...library, ...worker },
  format: ['esm'],
  // A library runs in a page as well: what it bundles is others' build for browsers.
  platform: hasCommand ? 'node' : 'browser',
  target: 'node20',
  // \p{…} is read by all of them; else each is made anew wherever it stands, whenever it is used.
  esbuildOptions: (options) => {
    // A process reads it all, however little it asks: less in short names. The maps have its own.
    options.minifyIdentifiers = isVerify
    options.supported = { ...options.supported, 'regexp-unicode-property-escapes': true }
  },
  dts: { entry: library, ...(banner && { banner }) },
  sourcemap: true,
  esbuildPlugins: [
    pureCalls,
    late,
    licences,
    ...(hasCommand ? [] : [apart(Object.values(needsOthers))]),
  ],
  clean: true,
  // Only the repository bundles pages; a published package carries them, and not what makes them.
  external: [/^node:/, /^\.\/build\//],
  onSuccess: async () => {
    await mergeShared('dist')
    showSources('dist')
    // The demo of the installed command checks the same notes as the repository's.
    if (hasCommand) copyFileSync('../../examples/notes.md', 'dist/notes.md')
    if (existsSync(pages)) {
      giveLicences(await (await import(pathToFileURL(pages).href)).writeAssets())
    }
  },
})

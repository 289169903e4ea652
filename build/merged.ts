// One file for what a package's outputs share. Its build cuts what they share into a file for each
// set of outputs; a process that starts pays a millisecond for every file, and a bundler needs none
// of them apart: what runs when they load is marked as pure.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build as bundle } from 'esbuild'

const CHUNK = /^chunk-\w+\.js$/
const SHARED = 'shared.js'

/** Merges the shared files of a built folder into one. */
export async function mergeShared(folder: string): Promise<void> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const chunks = files.filter((name) => CHUNK.test(name))
  if (chunks.length < 2) return
  const names = namesIn(chunks, (name) => exportsOf(readFileSync(join(folder, name), 'utf8')))
  await bundle({
    stdin: {
      contents: [...names]
        .map(([name, list]) => `export {${listed(list)}} from './${name}'`)
        .join('\n'),
      resolveDir: folder,
    },
    ...{ bundle: true, format: 'esm', target: 'node20', platform: 'browser', logLevel: 'error' },
    ...{ outfile: join(folder, SHARED), sourcemap: true },
    supported: { 'regexp-unicode-property-escapes': true },
    plugins: [{ name: 'others', setup: (build) => build.onResolve({ filter: /./ }, elsewhere) }],
  })
  for (const name of files.filter((each) => !CHUNK.test(each))) {
    const path = join(folder, name)
    const text = readFileSync(path, 'utf8').replaceAll(
      TAKEN,
      (whole, list: string, chunk: string) =>
        whole.replace(`{${list}}`, `{${takenAs(list, names.get(chunk)!)}}`),
    )
    writeFileSync(path, text.replaceAll(/(["'])\.\/chunk-\w+\.js\1/g, `"./${SHARED}"`))
  }
  for (const name of chunks) for (const of of [name, `${name}.map`]) rmSync(join(folder, of))
}

/** By file, what each export is called in the one file: a name that is taken gets a number. */
function namesIn(chunks: readonly string[], exportsIn: (name: string) => readonly string[]) {
  const taken = new Set<string>()
  const nameOf = (name: string): string => {
    let own = name
    for (let k = 2; taken.has(own); k++) own = `${name}$${k}`
    taken.add(own)
    return own
  }
  return new Map(
    chunks.map((chunk) => [
      chunk,
      new Map(exportsIn(chunk).map((name) => [name, nameOf(name)] as const)),
    ]),
  )
}

const listed = (names: ReadonlyMap<string, string>): string =>
  [...names].map(([name, own]) => `${name} as ${own}`).join(', ')

/** What is taken from a shared file, in an import or an export. */
const TAKEN = /(?:import|export)\s*\{([^}]*)\}\s*from\s*["']\.\/(chunk-\w+\.js)["']/g

const takenAs = (list: string, names: ReadonlyMap<string, string>): string =>
  list
    .split(',')
    .map((each) => each.trim().split(' as '))
    .filter(([name]) => name)
    .map(([name, here = name]) => `${names.get(name!)} as ${here}`)
    .join(', ')

/** Whatever is no shared file stays where it is. */
const elsewhere = ({ path, kind }: { path: string; kind: string }) =>
  kind === 'entry-point' || CHUNK.test(path.replace('./', ''))
    ? undefined
    : { path, external: true, sideEffects: false }

/** The names in the one list of exports that ends a bundled file. */
function exportsOf(text: string): string[] {
  const [, list = ''] = /^export \{([^}]*)\};$/m.exec(text) ?? []
  return list.split(',').flatMap((each) => each.trim().split(' as ').at(-1) || [])
}

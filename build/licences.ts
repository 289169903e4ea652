// What was bundled of others goes with its licence: dist/LICENCES.txt.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

interface Build {
  initialOptions: { metafile?: boolean }
  onEnd(done: (result: { metafile?: { inputs: object } | undefined }) => void): void
}

/** The folder of a package that a bundled file is from: the last `node_modules/NAME`. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/

/** The folders of all packages that this process has bundled. */
const bundled = new Set<string>()

/** Of bundled files, those of others' packages. @throws Error where one has no licence to give on */
export function giveLicences(files: readonly string[]): void {
  for (const path of files) {
    for (const folder of PACKAGE.exec(path.replaceAll('\\', '/')) ?? []) bundled.add(folder)
  }
  if (bundled.size === 0) return
  mkdirSync('dist', { recursive: true })
  const texts = new Set([...bundled].map(licenceOf))
  writeFileSync('dist/LICENCES.txt', [...texts].sort().join('\n\n'))
}

/** A plugin of esbuild. */
export const licences = {
  name: 'licences',
  setup(build: Build): void {
    build.initialOptions.metafile = true
    build.onEnd(({ metafile }) => giveLicences(Object.keys(metafile?.inputs ?? {})))
  },
}

function licenceOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const file = readdirSync(folder).find((path) => /^licen[cs]e/i.test(path))
  if (!file) throw new Error(`${name} is bundled and has no licence`)
  return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`
}

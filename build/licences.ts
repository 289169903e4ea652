// What was bundled of others goes with its licence: dist/LICENCES.txt.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

interface Build {
  initialOptions: { metafile?: boolean }
  onEnd(done: (result: { metafile?: { inputs: object } | undefined }) => void): void
}

/** The folder of a package that a bundled file is from: the last `node_modules/NAME`. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/

/** A plugin of esbuild. */
export const licences = {
  name: 'licences',
  setup(build: Build): void {
    build.initialOptions.metafile = true
    build.onEnd(({ metafile }) => {
      const inputs = Object.keys(metafile?.inputs ?? {})
      const folders = new Set(inputs.flatMap((path) => PACKAGE.exec(path) ?? []))
      if (folders.size === 0) return
      mkdirSync('dist', { recursive: true })
      writeFileSync('dist/LICENCES.txt', [...folders].sort().map(licenceOf).join('\n\n'))
    })
  },
}

/** @throws Error where a package has no licence to give on */
function licenceOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const file = existsSync(folder) && readdirSync(folder).find((path) => /^licen[cs]e/i.test(path))
  if (!file) throw new Error(`${name} is bundled and has no licence`)
  return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`
}

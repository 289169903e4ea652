// What the tarballs hold: listed, fit for publishing, the same bytes each time they are packed, and
// no more packages to install than are counted here.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** All that `npm install backprove` brings: ours, commander, string-width, graphlib, mathjs. */
export const INSTALLED = 24

/** Of a tarball: what only builds a package is not packed with it. */
const MOST_BYTES = 1_700_000

/** What is bundled of others, by package: each goes with its licence. */
const BUNDLED: Readonly<Record<string, readonly string[]>> = {
  '@backprove/nn': ['fast-png', 'fflate', 'iobuffer', 'jpeg-js', 'papaparse', 'pure-rand'],
  '@backprove/verify': ['katex'],
  '@backprove/viewer': [
    ...['@dagrejs/dagre', '@dagrejs/graphlib', '@fontsource/stix-two-math', 'katex'],
  ],
}

/** The packages that maps name, and that LICENCES.txt lists. */
function checkLicences(path: string, name: string, contents: readonly string[]): string[] {
  const text = (file: string): string => output('tar', ['-xOzf', path, file])
  const listed = contents.includes('package/dist/LICENCES.txt')
    ? [...text('package/dist/LICENCES.txt').matchAll(/^(\S+) \d+\.\d+\.\d+$/gm)].map(
        ([, of]) => of!,
      )
    : []
  const mapped = contents
    .filter((file) => file.endsWith('.js.map'))
    .flatMap((file) => JSON.parse(text(file)).sources as string[])
    .flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? [])
  const expected = [...new Set([...(BUNDLED[name] ?? []), ...mapped])].sort()
  return expected.join() === listed.sort().join()
    ? []
    : [`LICENCES.txt lists ${listed.join(', ')}; bundled are ${expected.join(', ')}`]
}

/** The name of a packed package, once its manifest proves to be fit for publishing. */
export function checkTarball(path: string): string {
  const manifest = JSON.parse(output('tar', ['-xOzf', path, 'package/package.json']))
  const contents = output('tar', ['-tzf', path]).trim().split('\n').sort()
  const text = (file: string): string => output('tar', ['-xOzf', path, file])
  const entries = [...texts(manifest.exports), ...texts(manifest.bin)]
  const problems = [
    ...entries
      .filter((entry) => !entry.startsWith('./dist/'))
      .map((entry) => `${entry} is no build`),
    ...entries
      .filter((entry) => !contents.includes(entry.replace(/^\./, 'package')))
      .map((entry) => `${entry} is not packed`),
    ...contents
      .filter((each) => each.startsWith('package/src/'))
      .map((each) => `${each} is packed`),
    ...['README.md', 'LICENSE', 'package.json']
      .filter((each) => !contents.includes(`package/${each}`))
      .map((each) => `${each} is not packed`),
    ...['repository', 'keywords', 'description', 'license', 'engines']
      .filter((field) => !manifest[field])
      .map((field) => `it has no ${field}`),
    ...(JSON.stringify(manifest).includes('workspace:') ? ['a dependency is workspace:'] : []),
    ...(statSync(path).size > MOST_BYTES ? [`it has ${statSync(path).size} bytes`] : []),
    ...checkLicences(path, manifest.name, contents),
    // Scripts of pages are sent as they are, and compressed: there one letter is shorter.
    ...contents
      .filter((each) => each.endsWith('.js') && !each.includes('/assets/'))
      .filter((each) => /[^\0-\x7f]/.test(text(each)))
      .map((each) => `${each} is not in ASCII, and read in two bytes a character`),
    ...(hasInstallScript(manifest) ? ['it has an install script'] : []),
  ]
  if (problems.length > 0) throw new Error(`${manifest.name}: ${problems.join('; ')}`)
  console.log(`${manifest.name}: ${contents.map((each) => each.replace('package/', '')).join(' ')}`)
  return manifest.name
}

/** The paths of `exports` and `bin`, however deep. */
const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return value && typeof value === 'object' ? Object.values(value).flatMap(texts) : []
}

const hasInstallScript = ({ scripts = {} }: { scripts?: object }): boolean =>
  ['preinstall', 'install', 'postinstall', 'prepare'].some((name) => name in scripts)

/** @throws Error where what was installed runs scripts, or is more than is counted */
export function checkInstalled(folder: string): void {
  const manifests = installed(join(folder, 'node_modules'))
  const scripts = manifests.filter(({ scripts = {} }) =>
    ['preinstall', 'install', 'postinstall'].some((name) => name in scripts),
  )
  if (scripts.length > 0) {
    throw new Error(`${scripts.map(({ name }) => name).join(', ')} would run a script`)
  }
  console.log(
    `${manifests.length} packages installed: ${manifests.map(({ name }) => name).join(' ')}`,
  )
  if (manifests.length === INSTALLED) return
  throw new Error(`${manifests.length} packages are installed, and ${INSTALLED} are expected`)
}

interface Manifest {
  readonly name: string
  readonly scripts?: object
}

function installed(folder: string): Manifest[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name): Manifest[] => {
    if (name.startsWith('.')) return []
    const path = join(folder, name)
    if (name.startsWith('@')) return installed(path)
    const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    return [manifest, ...installed(join(path, 'node_modules'))]
  })
}

/** The bytes of all tarballs in a folder, by name. */
export const digests = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    )
    .join('\n')

function output(command: string, args: string[]): string {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26 } as const
  const { stdout, status } = spawnSync(command, args, options)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${status}.`)
  return stdout
}

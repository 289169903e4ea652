// Builds and packs every package, installs the tarballs with npm elsewhere and uses them there
// under Node 20: what a user gets, not what the checkout has. Run by `pnpm packed`.

import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const elsewhere = mkdtempSync(join(tmpdir(), 'backprove-packed-'))

try {
  run('pnpm', ['run', 'build'], root)
  run(
    'pnpm',
    [
      ...['--recursive', '--filter=./packages/*', '--filter=!@backprove/site'],
      ...['pack', '--pack-destination', elsewhere],
    ],
    root,
  )
  const tarballs = readdirSync(elsewhere).filter((name) => name.endsWith('.tgz'))
  const names = tarballs.map(checkTarball)

  const path = oldestNode()
  writeFileSync(join(elsewhere, 'package.json'), '{ "private": true, "type": "module" }\n')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  run('npm', ['install', ...quiet, ...tarballs.map((name) => `./${name}`)], elsewhere, path)

  copyFileSync(new URL('program.js', import.meta.url), join(elsewhere, 'program.js'))
  run('node', ['program.js'], elsewhere, path)
  checkTypes(names)
  if (names.includes('backprove') && hasCommand()) {
    run(join(elsewhere, 'node_modules/.bin/backprove'), ['demo'], elsewhere, path)
  }
  console.log(`The packed tarballs of ${names.join(', ')} work.`)
} finally {
  rmSync(elsewhere, { recursive: true, force: true })
}

/** Runs a command and stops everything when it fails; its output is shown as it comes. */
function run(command: string, args: string[], cwd: string, path = process.env.PATH): void {
  console.log(`\n$ ${command} ${args.join(' ')}`)
  const env = { ...process.env, PATH: path }
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ended with status ${status}.`)
}

/** The name of a packed package, once its manifest proves to be fit for publishing. */
function checkTarball(tarball: string): string {
  const manifest = JSON.parse(
    output('tar', ['-xOzf', join(elsewhere, tarball), 'package/package.json']),
  )
  const contents = output('tar', ['-tzf', join(elsewhere, tarball)]).split('\n')
  const entries: string[] = [
    ...Object.values<Record<string, string>>(manifest.exports).flatMap((paths) =>
      Object.values(paths),
    ),
    ...Object.values<string>(manifest.bin ?? {}),
  ]
  const problems = [
    ...entries.filter((path) => !path.startsWith('./dist/')).map((path) => `${path} is no build`),
    ...entries
      .filter((path) => !contents.includes(path.replace(/^\./, 'package')))
      .map((path) => `${path} is not packed`),
    ...contents
      .filter((path) => path.startsWith('package/src/'))
      .map((path) => `${path} is packed`),
    ...(JSON.stringify(manifest).includes('workspace:') ? ['a dependency is workspace:'] : []),
  ]
  if (problems.length > 0) throw new Error(`${tarball}: ${problems.join('; ')}`)
  return manifest.name
}

/** A program that imports every package type-checks against the packed declarations. */
function checkTypes(names: readonly string[]): void {
  const lines = names.map((name, i) => `export * as package${i} from '${name}'`)
  writeFileSync(join(elsewhere, 'program.ts'), `${lines.join('\n')}\n`)
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext']
  const libraries = ['--lib', 'es2023,dom,esnext.disposable']
  run(join(root, 'node_modules/.bin/tsc'), [...options, ...libraries, 'program.ts'], elsewhere)
}

function hasCommand(): boolean {
  const manifest = join(elsewhere, 'node_modules/backprove/package.json')
  return JSON.parse(readFileSync(manifest, 'utf8')).bin?.backprove !== undefined
}

/** The search path that finds Node 20, the oldest version the packages promise to run on. */
function oldestNode(): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const fits = (folder: string) =>
    spawnSync(join(folder, 'node'), ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v20.')
  const found = folders.find(fits)
  if (!found) console.log(`No Node 20 on the PATH: the tarballs run on ${process.version} instead.`)
  return [...(found ? [found] : []), ...folders].join(delimiter)
}

function output(command: string, args: string[]): string {
  const { stdout, status } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${status}.`)
  return stdout
}

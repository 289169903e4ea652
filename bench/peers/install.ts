// Installs the peers' own lockfile, once; without them everything else still works.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const lockfile = `${folder}pnpm-lock.yaml`
const stamp = `${folder}node_modules/.installed-lockfile`

/** Whether the peers are there as the lockfile has them. */
export function peersInstalled(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(lockfile, 'utf8')
}

/** Installs the peers where needed (200 MB to download); tells why it could not. */
export function installPeers(): boolean {
  if (peersInstalled()) return true
  console.log('Installing the peers into bench/peers (200 MB to download, once) …')
  const args = ['--yes', 'pnpm@12', 'install', '--frozen-lockfile']
  const { status, stdout } = spawnSync('npx', args, { cwd: folder, encoding: 'utf8' })
  if (status === 0) writeFileSync(stamp, readFileSync(lockfile))
  else console.log(`The peers could not be installed:\n${stdout}`)
  return status === 0
}

if (import.meta.main) process.exitCode = installPeers() ? 0 : 1

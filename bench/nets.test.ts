// The nets of the race: their sizes counted by hand, and that both precisions take the same steps.
import { compile } from '@backprove/kernels'
import { expect, test } from 'vitest'
import { type NetName, nets } from './nets/nets.ts'
import { record } from './nets/record.ts'

const conv = (from: number, to: number, cells = 9) => from * to * cells + to
const parameters: Partial<Record<NetName, number>> = {
  resnet20:
    conv(3, 16) +
    6 * conv(16, 16) +
    (conv(16, 32) + 5 * conv(32, 32) + conv(16, 32, 1)) +
    (conv(32, 64) + 5 * conv(64, 64) + conv(32, 64, 1)) +
    650,
  mlp64: 784 * 512 + 512 + 512 * 256 + 256 + 2560 + 10,
  average: conv(1, 16) + conv(16, 32) + 32 * 49 * 10 + 10,
  autoencoder: conv(1, 16) + conv(16, 32) + conv(32, 16) + conv(16, 1),
}

test.each(Object.entries(parameters))('%s has %d parameters', (name, count) => {
  const { states, parameters: names } = record(nets[name as NetName])
  const lengths = names.map((each) => states[each]!.length)
  expect(lengths.reduce((a, b) => a + b)).toBe(count)
})

test.each(['autoencoder', 'average', 'resnet20x1'] as const)('%s trains, in both', (name) => {
  const { cost, state, states, feeds } = record(nets[name])
  const costs = (['strict', 'relaxed'] as const).map((precision) => {
    const program = compile([cost], { backend: 'wasm', precision, state })
    program.setState(states)
    return Array.from({ length: 6 }, () => program.run(feeds)[0]![0]!)
  })
  const [strict, relaxed] = costs as [number[], number[]]
  expect(strict.at(-1)!).toBeLessThan(strict[0]!)
  strict.forEach((value, k) => {
    expect(Math.abs(relaxed[k]! / value - 1)).toBeLessThan(1e-3)
  })
})

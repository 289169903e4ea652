// Files that are not what they say: each is a typed error that names the field, or a whole model.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookCnn, CheckpointError, load } from '../index.ts'
import { decodeCheckpoint, encodeCheckpoint } from './files.ts'
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts'

describe('hostile files', () => {
  const good = decodeSafetensors(encodeCheckpoint(bookCnn()))
  const document = JSON.parse(good.metadata.get('network')!)
  const decode = (changes: Record<string, unknown>) => () => {
    const metadata = new Map(good.metadata)
    for (const [key, value] of Object.entries(changes)) metadata.set(key, JSON.stringify(value))
    return decodeCheckpoint(encodeSafetensors(good.tensors, metadata))
  }
  const layer = (value: unknown) => decode({ network: { ...document, layers: [value] } })

  it('names the field', () => {
    expect(decode({ network: [] })).toThrow('network: it is not an object')
    expect(decode({ network: { ...document, input: [1e300, 2] } })).toThrow('network.input')
    expect(decode({ network: { ...document, cost: 'toString' } })).toThrow('network.cost')
    expect(layer({ kind: 'constructor', options: {} })).toThrow('network.layers[0].kind')
    expect(layer({ kind: 'conv', options: null })).toThrow('network.layers[0].options')
    expect(layer({ kind: 'conv', options: { filters: 3, kernel: {} } })).toThrow(CheckpointError)
    expect(layer({ kind: 'dense', options: { units: 2 ** 50 } })).toThrow(CheckpointError)
    expect(layer({ kind: 'maxPool', options: { size: 'x' } })).toThrow(CheckpointError)
    expect(layer({ kind: 'activate', options: { name: 'f', formula: 'import("fs")' } })).toThrow(
      CheckpointError,
    )
    let deep: unknown = { kind: 'relu', options: {} }
    for (let k = 0; k < 40; k++) deep = { kind: 'residual', options: {}, branches: [[deep]] }
    expect(layer(deep)).toThrow('blocks deep')
    const many = Array.from({ length: 5000 }, () => ({ kind: 'relu', options: {} }))
    expect(decode({ network: { ...document, layers: many } })).toThrow('one layer more than 4096')
    expect(decode({ training: { step: -1 } })).toThrow('training.step')
    expect(decode({ training: { step: 0, plan: { batchSize: 0 } } })).toThrow('plan.batchSize')
    const plan = { batchSize: 1, samples: 1, seed: 1, optimizer: {} }
    expect(decode({ training: { step: 0, plan, generator: [1, 2, 3, 4] } })).toThrow(
      'training.generator',
    )
    expect(() => decodeCheckpoint(encodeSafetensors(good.tensors))).toThrow('format')
    const extra = new Map(good.tensors).set('other', { shape: [], data: Float32Array.of(1) })
    expect(() => decodeCheckpoint(encodeSafetensors(extra, good.metadata))).toThrow(
      'other: it belongs to no parameter',
    )
    expect(() => load(tmpdir())).toThrow('is a folder')
    expect(() => load(join(tmpdir(), 'backprove-absent', 'file'))).toThrow(CheckpointError)
  })

  it('a file with bytes changed, or a network with parts replaced, is refused or whole', () => {
    const bytes = encodeCheckpoint(bookCnn())
    const places = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 })
    fc.assert(
      fc.property(places, (changes) => {
        const changed = bytes.slice()
        for (const [at, byte] of changes) changed[at] = byte
        onlyCheckpointErrors(() => decodeCheckpoint(changed))
      }),
      { numRuns: 60 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(document)), fc.json(), (key, text) => {
        onlyCheckpointErrors(decode({ network: { ...document, [key]: JSON.parse(text) } }))
      }),
      { numRuns: 60 },
    )
    const kinds = fc.constantFrom('conv', 'dense', 'maxPool', 'dropout', 'batchNorm', 'activate')
    const names = ['filters', 'kernel', 'units', 'size', 'padding', 'stride', 'rate', 'tag', 'bias']
    const options = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 1 }))
    fc.assert(
      fc.property(kinds, options, (kind, given) => {
        onlyCheckpointErrors(layer({ kind, options: given }))
      }),
      { numRuns: 150 },
    )
  })
})

function onlyCheckpointErrors(body: () => unknown): void {
  try {
    body()
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError)
  }
}

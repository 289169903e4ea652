// An embedding: a table of vectors, one for each symbol, read by the symbols' numbers.
import { gather, readOptions } from '@backprove/graph'
import { requireCount, requireTag } from '../../check.ts'
import { ELSEWHERE } from '../elsewhere.ts'
import type { Layer } from '../layer.ts'

/** Options of {@link embedding}. */
export interface EmbeddingOptions {
  /** How many symbols there are; they are numbered from 0. */
  readonly symbols: number
  /** The length of the vector of each. */
  readonly units: number
  /** The layer's tag in names; a number in order of layers by default. */
  readonly tag?: string
}

/**
 * `embedding({ symbols: 27, units: 16 })`: symbols [T] → vectors [T,units], rows of a table w that
 * is trained. A symbol that the table does not have is an IndexError that names the entry.
 */
export function embedding(options: EmbeddingOptions): Layer {
  const given = readOptions('embedding', options, ['symbols', 'units', 'tag'], {
    ...ELSEWHERE,
    num_embeddings: 'symbols',
    inputDim: 'symbols',
    input_dim: 'symbols',
    embedding_dim: 'units',
    outputDim: 'units',
    output_dim: 'units',
  })
  const symbols = requireCount('embedding', 'symbols', given.symbols)
  const units = requireCount('embedding', 'units', given.units)
  requireTag('embedding', given.tag)
  return {
    kind: 'embedding',
    options,
    record(x, recorder) {
      const tag = recorder.tag(given.tag)
      const table = recorder.parameter('w', tag, ['', 'ij'], [symbols, units], { deviation: 1 })
      return recorder.name(gather(table, x), 'z', tag)
    },
    work: () => ({ parameters: `V·d = ${symbols}·${units}` }),
  }
}

// What the project prints, it reads: formulas of random small networks, in indices and over whole
// arrays, in text and in LaTeX, are true claims about the network that they were derived from.
import { formula, grad, latex, topologicalOrder } from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { parseClaim } from '../language/read/claim.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../verify.ts'

/** More of them, wider and deeper, where somebody waits: PRINTED_NETWORKS=50. */
const asked = Number(process.env.PRINTED_NETWORKS ?? 0)
const [networks, deepest, side] = asked > 0 ? [asked, 2, 6] : [3, 1, 5]

interface Convolution {
  readonly filters: number
  readonly size: number
  readonly stride: number
  readonly padding: number
  readonly dilation: number
  readonly bias: boolean
  readonly activation: string
  readonly pooling: string | undefined
}

const convolution: fc.Arbitrary<Convolution> = fc.record({
  filters: fc.constantFrom(1, 2),
  size: fc.constantFrom(2, 3),
  stride: fc.constantFrom(1, 1, 2),
  padding: fc.constantFrom(0, 0, 1),
  dilation: fc.constantFrom(1, 1, 2),
  bias: fc.boolean(),
  activation: fc.constantFrom('sigmoid', 'relu', 'tanh'),
  pooling: fc.constantFrom(undefined, 'avgPool2d', 'maxPool2d', 'l2Pool2d'),
})

/** x and w letters by letter, or bare: both are printed, and read, in their own way. */
const networkText = (
  channels: number,
  layers: readonly Convolution[],
  { lettered, isDense }: { readonly lettered: boolean; readonly isDense: boolean },
): string => {
  const named = (name: string, letters: string) => (lettered ? `${name}_{${letters}}` : name)
  const lines = [`${named('x', channels === 1 ? 'ij' : 'cij')}: input ${channels} ${side} ${side}`]
  let [length, depth, last] = [side, channels, 'x']
  for (const [k, layer] of layers.entries()) {
    const { filters, size, stride, padding, dilation } = layer
    const output = Math.floor((length + 2 * padding - dilation * (size - 1) - 1) / stride) + 1
    if (output < 2) continue
    const n = k + 1
    const map = filters === 1 ? 'ij' : 'fij'
    const filter = depth > 1 ? 'fcuv' : filters > 1 ? 'fuv' : 'uv'
    lines.push(`${named(`w^${n}`, filter)}: parameter ${filters} ${depth} ${size} ${size}`)
    if (layer.bias) lines.push(`${named(`b^${n}`, 'f')}: parameter ${filters}`)
    const options = [
      ...(layer.bias ? [`bias=b^${n}`] : []),
      ...[`stride=${stride}`, `padding=${padding}`, `dilation=${dilation}`],
    ]
    lines.push(`${named(`z^${n}`, map)} = conv2d(${[last, `w^${n}`, ...options].join(', ')})`)
    lines.push(`${named(`a^${n}`, map)} = ${layer.activation}(z^${n})`)
    ;[length, depth, last] = [output, filters, `a^${n}`]
    if (layer.pooling && length >= 4) {
      lines.push(`${named(`p^${n}`, map)} = ${layer.pooling}(${last}, size=2)`)
      ;[length, last] = [Math.floor(length / 2), `p^${n}`]
    }
  }
  if (!isDense)
    return [...lines, `t: input ${depth} ${length} ${length}`, `C = squaredError(${last}, t)`].join(
      '\n',
    )
  const weights = depth === 1 ? 'w^{On}_{ij}' : 'w^{On}_{k-ij}'
  return [
    ...lines,
    `${lettered ? weights : 'w^O'}: parameter 3 ${depth} ${length} ${length}`,
    `${named('b^O', 'n')}: parameter 3`,
    `${named('z^O', 'n')} = dense(${last}, w^O, b^O)`,
    `${named('t', 'n')}: input 3`,
    'C = crossEntropy(z^O, t)',
  ].join('\n')
}

/** What is read of a formula: where its LaTeX says the same as its text, one verdict is of both. */
const readOf = (claim: string): string =>
  JSON.stringify(parseClaim(claim), (key, value) => {
    if (['span', 'style'].includes(key)) return undefined
    return typeof value === 'bigint' ? `${value}` : value
  })

describe('printed formulas', () => {
  it('are proved, or agree', () => {
    const forms = fc.record({ lettered: fc.boolean(), isDense: fc.boolean() })
    const layers = fc.array(convolution, { minLength: 1, maxLength: deepest })
    fc.assert(
      fc.property(fc.constantFrom(1, 2), layers, forms, (channels, convolutions, options) => {
        const text = networkText(channels, convolutions, options)
        const { cost, sizes } = buildNetwork(readNetwork(text))
        for (const node of topologicalOrder([cost])) {
          if (node === cost || node.name === undefined || node.name === 't') continue
          const derivative = grad(cost, node)
          const printed = node.op.traits?.leaf ? [derivative] : [node, derivative]
          for (const each of printed)
            for (const form of ['layer', 'index', 'element'] as const) {
              const both = [formula(each, { form }), latex(each, { form })]
              const read = new Map(both.map((claim) => [readOf(claim), claim]))
              for (const claim of read.values()) {
                const { kind } = verify(cost, claim, { sizes, deadline: 10_000 })
                expect(['proved', 'agrees'], `${claim} of\n${text}`).toContain(kind)
              }
            }
        }
      }),
      { numRuns: networks, seed: 20261126, endOnFailure: true },
    )
  }, 240_000)
})

it('three dots between entries that move together are not read as one of two sums', () => {
  const { cost } = buildNetwork(readNetwork('t: input 2 2 2\nC = sum(t * t)'))
  const claim = 'C = t_{111}^2 + t_{112}^2 + ⋯ + t_{222}^2'
  expect(verify(cost, claim)).toMatchObject({
    kind: 'ill-formed',
    reason: expect.stringContaining('order is not clear'),
  })
})

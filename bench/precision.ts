// `node bench/precision.ts [epochs]`: mini ResNet trained on the 1797 UCI digits in both
// precisions, three seeds: what Winograd's algorithm and fused multiply-adds do to the accuracy.
import { fileURLToPath } from 'node:url'
import { compile } from '@backprove/kernels'
import {
  accuracy,
  adam,
  costOf,
  type Dataset,
  loadCsv,
  miniResNet,
  schedules,
  split,
  train,
} from '@backprove/nn'

const digits = fileURLToPath(new URL('../packages/nn/data-scripts/digits.csv.gz', import.meta.url))
const epochs = Number(process.argv[2] ?? 15)
const batchSize = 64
const precisions = ['strict', 'relaxed'] as const
type Precision = (typeof precisions)[number]

/** Steps of the training program that multiply at the points of tiles. */
function byTiles(precision: Precision): string {
  const { cost } = miniResNet().at(batchSize, { training: true })
  const { steps } = compile([cost], { precision }).explain()
  const convolutions = steps.filter(({ ops }) => ops.includes('conv2d'))
  const tiled = convolutions.filter(({ kernel }) => kernel.includes('Winograd'))
  return `${tiled.length} of ${convolutions.length} convolutions forward by Winograd's algorithm`
}

async function trained(data: Dataset, held: Dataset, seed: number, precision: Precision) {
  const model = miniResNet({ seed })
  const steps = epochs * Math.ceil(data.labels.length / batchSize)
  const optimizer = adam({ rate: schedules.cosine({ rate: 0.003, steps }) })
  for await (const _ of train(model, data, { optimizer, epochs, batchSize, seed, precision })) {
    // Only the end is of interest.
  }
  return { right: accuracy(model, held), cost: costOf(model, held) }
}

for (const precision of precisions) console.log(`${precision}: ${byTiles(precision)}`)
console.log(`\n${epochs} epochs in batches of ${batchSize}; a fifth of the digits held out\n`)
console.log('| seed | strict | relaxed |\n| ---: | ---: | ---: |')
for (const seed of [1, 2, 3]) {
  const all = loadCsv(digits, { divisor: 16 })
  const { train: data, test } = split(all, { train: 0.8, dev: 0, test: 0.2, seed })
  const cells: string[] = []
  for (const precision of precisions) {
    const { right, cost } = await trained(data, test, seed, precision)
    cells.push(`${(100 * right).toFixed(2)} %, cost ${cost.toFixed(4)}`)
  }
  console.log(`| ${seed} | ${cells.join(' | ')} |`)
}

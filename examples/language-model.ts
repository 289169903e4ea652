// A small language model: characters, one block of attention. It learns to say which letter comes
// next, and writes a few lines by itself.
//
//   npx tsx examples/language-model.ts
import { crossEntropy } from '@backprove/graph'
import {
  accuracy,
  adam,
  attention,
  dataset,
  dense,
  embedding,
  fit,
  flatten,
  gelu,
  generator,
  layerNorm,
  network,
  predict,
  residual,
  softmax,
  split,
} from '@backprove/nn'

// A language of our own: who does what to whom, and where.
const random = generator(7).fork('sentences')
const pick = (words: readonly string[]): string =>
  words[Math.floor(random.uniform() * words.length)]!
const sentence = (): string => {
  const [who, whom] = [pick(['the cat', 'a dog', 'the bird']), pick(['a mouse', 'the fish'])]
  return `${who} ${pick(['sees', 'finds', 'likes'])} ${whom} ${pick(['at home', 'by the sea'])}.`
}
const text = Array.from({ length: 60 }, sentence).join(' ')
const letters = [...new Set(text)].sort()
const symbols = [...text].map((letter) => letters.indexOf(letter))

/** How many letters it looks at. */
const T = 12
const windows = symbols.slice(0, -T).map((_, k) => symbols.slice(k, k + T))
const data = dataset({
  images: Float32Array.from(windows.flat()),
  labels: windows.map((_, k) => symbols[k + T]!),
  shape: [1, 1, T],
  classes: letters.length,
  names: letters,
})
const model = network({
  input: [T],
  layers: [
    embedding({ symbols: letters.length, units: 16 }),
    residual([layerNorm(), attention({ heads: 2, causal: true })]),
    flatten(),
    dense({ units: 48 }),
    gelu(),
    dense({ units: letters.length }),
    softmax(),
  ],
  cost: crossEntropy,
})
console.log(`${model.summary()}\n`)

const parts = split(data, { train: 0.9, dev: 0.1, test: 0 })
const { history } = await fit(model, parts.train, {
  ...{ optimizer: adam({ rate: 3e-3 }), epochs: 6, batchSize: 32, validation: parts.dev },
})
console.log(
  'Mean cost of a letter, epoch by epoch, of what it learns from and of what it does not:',
)
for (const { epoch, cost, validation } of history) {
  const bar = '█'.repeat(Math.round(20 * cost))
  console.log(
    `${String(epoch).padStart(2)}  ${cost.toFixed(3)}  ${validation!.cost.toFixed(3)}  ${bar}`,
  )
}
console.log(
  `\n${(100 * accuracy(model, parts.dev)).toFixed(0)} % of the letters held out are right.`,
)

let written = text.slice(0, T)
while (written.length < 150) {
  const seen = [...written.slice(-T)].map((letter) => letters.indexOf(letter))
  written += letters[predict(model, Float32Array.from(seen))[0]!.label]!
}
console.log(`It writes: ${written}`)

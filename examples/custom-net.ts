// A network of one's own: describe its layers, look at its sizes, train it, ask it.
//
//   npx tsx examples/custom-net.ts
import { crossEntropy } from '@backprove/graph'
import {
  accuracy,
  adam,
  conv,
  dense,
  digits123,
  imageOf,
  maxPool,
  network,
  picture,
  predict,
  relu,
  softmax,
  split,
  train,
} from '@backprove/nn'

const model = network({
  input: [1, 6, 6],
  layers: [
    conv({ filters: 8, kernel: 3, padding: 'same' }),
    relu(),
    maxPool({ size: 2 }),
    dense({ units: 3 }),
    softmax(),
  ],
  cost: crossEntropy,
  seed: 1,
})
console.log(`${model.summary()}\n`)

const digits = split(digits123(), { train: 0.8, dev: 0.1, test: 0.1, seed: 1 })
const options = { optimizer: adam({ rate: 0.01 }), epochs: 30, validation: digits.dev }
for await (const { epoch, validation } of train(model, digits.train, options)) {
  if (!validation || epoch % 10 !== 0) continue
  const right = (100 * validation.accuracy).toFixed(0)
  console.log(`epoch ${epoch}: cost ${validation.cost.toFixed(3)}, ${right} % of the dev set right`)
}

console.log(
  `\nOf the test set ${(100 * accuracy(model, digits.test)).toFixed(0)} % are right. One of it:`,
)
const image = imageOf(digits.test, 0)
const [answer] = predict(model, [image])
console.log(picture(image))
const shares = Array.from(answer!.outputs, (p, k) => `${k + 1}: ${(100 * p).toFixed(1)} %`)
console.log(shares.join('   '))

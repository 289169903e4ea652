// Which numeric gradient checks let a wrong gradient pass, and what `verify` says of the formula
// that it belongs to: PyTorch's gradcheck by its formula, and TensorFlow.js where it is installed.
//
//   node bench/peers/gradient-checks.ts

import { conv2d, evaluate, Graph, grad, sigmoid, squaredError } from '@backprove/graph'
import { verify } from '@backprove/verify'
import { drawnFeeds, gradcheckPasses } from '../../test/claims/gradcheck.ts'
import { peersInstalled } from './install.ts'

const graph = new Graph()
const x = graph.input('x_{ij}', [1, 6, 6])
const w = graph.parameter('w_{uv}', [1, 1, 3, 3])
const a = sigmoid(conv2d(x, w).as('z_{ij}')).as('a_{ij}')
const cost = squaredError(a, graph.input('t_{ij}', a.shape)).as('C')

const feeds = drawnFeeds({ x: 36, w: 9, t: 16 }, 7)
const right = evaluate(grad(cost, w), feeds)
const sum = 'Σ_{i,j} δ_{ij} x_{i+u-1,j+v-1}'
const claims = [
  { name: 'right', by: () => 1, formula: `∂C/∂w_{uv} = ${sum}` },
  { name: 'wrong by 5·10⁻⁴', by: () => 1.0005, formula: `∂C/∂w_{uv} = 1.0005 ${sum}` },
  {
    name: 'a corner wrong by 5·10⁻⁴',
    by: (k: number) => (k === 8 ? 1.0005 : 1),
    formula: `∂C/∂w_{uv} = (1 + 1/2000 [u = 3] [v = 3]) ${sum}`,
  },
  { name: 'wrong by 1 %', by: () => 1.01, formula: `∂C/∂w_{uv} = 1.01 ${sum}` },
] as const

type Check = (gradient: Float64Array) => boolean

const tensorFlow = async (): Promise<Check | undefined> => {
  if (!peersInstalled()) return undefined
  const tf = await import('@tensorflow/tfjs')
  await tf.setBackend('cpu')
  const [image, target] = [tf.tensor4d([...feeds.x], [1, 6, 6, 1]), tf.tensor1d([...feeds.t])]
  const byKernel = tf.grad((kernel) => {
    const z = tf.conv2d(image, kernel as ReturnType<typeof tf.tensor4d>, 1, 'valid')
    return tf.sigmoid(z).reshape([16]).sub(target).square().sum().div(2)
  })(tf.tensor4d([...feeds.w], [3, 3, 1, 1]))
  const expected = await byKernel.data()
  return (gradient) => {
    try {
      tf.test_util.expectArraysClose(Float32Array.from(gradient), expected as Float32Array)
      return true
    } catch {
      return false
    }
  }
}

const tf = await tensorFlow()
if (!tf) console.log('TensorFlow.js is not installed: node bench/peers/install.ts')
const passes = (isPassed: boolean | undefined) =>
  isPassed === undefined ? '–' : isPassed ? 'passes' : 'fails'
console.log('gradient | gradcheck (atol 1e-5, rtol 1e-3) | tf.test_util (1e-3) | verify')
for (const { name, by, formula } of claims) {
  const gradient = right.map((value, k) => value * by(k))
  const cells = [
    name,
    passes(gradcheckPasses(cost, 'w', gradient, feeds)),
    passes(tf?.(gradient)),
    verify(cost, formula, { deadline: 20_000 }).kind,
  ]
  console.log(cells.join(' | '))
}

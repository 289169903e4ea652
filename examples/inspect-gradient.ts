// A derivative is a graph like any other: read it as mathematics, as a tree, and in numbers.
//
//   npx tsx examples/inspect-gradient.ts
import { evaluate, formula, grad, latex, text } from '@backprove/graph'
import { bookCnn, digits123, imageOf, picture } from '@backprove/nn'

const model = bookCnn({ pooling: 'max' })
const { graph, cost } = model
const filters = graph.node('w^F')
const derivative = grad(cost, filters)

console.log('∂C/∂w^F, by layers, by indices, and its first entry:')
console.log('  ', formula(derivative))
console.log('  ', formula(derivative, { form: 'index' }))
console.log('  ', formula(derivative, { form: 'element', at: [1, 1, 1, 1] }))
console.log('\nas LaTeX:')
console.log('  ', latex(derivative, { form: 'index' }))
console.log('\nas a tree:')
console.log(text(derivative))

const image = imageOf(digits123(), 0)
const feeds = { ...model.values, x: image.data, t: [1, 0, 0] }
console.log('\na handwritten 1, where its cost changes with the pixels, and with the filters:')
console.log(picture(image))
for (const node of [model.x, filters]) {
  console.log(picture({ shape: node.shape, data: evaluate(grad(cost, node), feeds) }))
}

// Whatever the graph says, a difference of two costs must agree.
const step = 1e-6
const moved = (by: number): number => {
  const w = Float64Array.from(model.values['w^F']!)
  w[0]! += by
  return evaluate(cost, { ...feeds, 'w^F': w })[0]!
}
const exact = evaluate(derivative, feeds)[0]!
const difference = (moved(step) - moved(-step)) / (2 * step)
console.log(`∂C/∂w^{F1}_11 = ${exact.toFixed(8)}, by differences ${difference.toFixed(8)}`)

// Where a value is rounded or compared, in a claim or in the line of one's own op, the points that
// are looked at see one piece of several: that is no proof, and it agrees with nothing.
import {
  apply,
  defineOp,
  div,
  type Graph,
  greater,
  mul,
  Graph as NewGraph,
  type Node,
  sum,
  where,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'

type Spec = Parameters<typeof defineOp<'x'>>[0]

const costOf = (graph: Graph, y: Node): Node =>
  sum(mul(y.as('y_i'), graph.input('t_i', [...y.shape]))).as('C')

const plain = (): Node => {
  const graph = new NewGraph()
  return costOf(graph, mul(graph.input('x_i', [3]), 2))
}

const kindOf = (cost: Node, claim: string): string => verify(cost, claim).kind

describe('what is rounded is decided by no sample', () => {
  it.each([
    '⌊x_i/2⌋ = ⌊x_i/3⌋',
    '⌊x_i/100⌋ = ⌊x_i/200⌋',
    '⌈x_i/100⌉ = ⌈x_i/200⌉',
    '⌈x_i⌉ = ⌊x_i⌋ + 1',
    '⌊x_i^2/1000⌋ = 0',
    '⌊e^{x_i}/1000⌋ = 0',
    '⌊x_i t_i/100⌋ = ⌊x_i t_i/200⌋',
    'min(1/x_i, 1000) = 1/x_i',
    'min(1/x_i, 10^6) = 1/x_i',
  ])('%s is false', (claim) => {
    expect(kindOf(plain(), claim)).toBe('refuted')
  })

  it.each(['⌊x_i + 1⌋ = ⌊x_i⌋ + 1', '⌊-x_i⌋ = -⌈x_i⌉', '⌊5/2⌋ x_i = 2 x_i', '⌈-5/2⌉ x_i = -2 x_i'])(
    '%s is true',
    (claim) => {
      expect(kindOf(plain(), claim)).toMatch(/proved|agrees/)
    },
  )
})

const own = (
  line: string,
  x: NonNullable<Spec['vjp']['x']> | null,
  traits: Spec['traits'] = {},
): Node => {
  const latex: Spec['latex'] = ({ x: printed }) => printed
  const op = defineOp<'x'>({
    name: 'own',
    operands: { x: '…' },
    line,
    vjp: { x },
    latex,
    traits: { elementwise: true, ...traits },
  })
  const graph = new NewGraph()
  return costOf(graph, apply(op, [graph.input('x_i', [3])]))
}

describe('what no point looked at is no evidence', () => {
  it.each([
    'relu(log|x_i| - 20) = 0',
    'max(√|x_i|, 10^5) = 10^5',
    'relu(tanh(x_i) - 0.99999) = 0',
    'min(1/x_i^2, 10^{20}) = 1/x_i^2',
    'relu(10^{-9} - (x_1 - 1/3)^2) = 0',
    'relu(10^{-12} - (x_1^2 - 2)^2) = 0',
    'relu(x_1 - 33.3) relu(33.31 - x_1) = 0',
    '[x_1 > 33.3] relu(33.31 - x_1) = 0',
    '⌊σ(x_i) + 1/1000⌋ = 0',
    '⌊σ(x_i) + 10^{-9}⌋ = 0',
  ])('%s', (claim) => {
    expect(kindOf(plain(), claim)).toMatch(/refuted|budget/)
  })

  it.each([
    'max(x_1, x_2) = (x_1 + x_2 + |x_1 - x_2|)/2',
    'max(x_1, -x_1) = |x_1|',
    'relu(x_i) - relu(-x_i) = x_i',
    'max(x_1, max(x_2, x_3)) = max(x_1, x_2, x_3)',
    '⌊x_1/7⌋ = ⌊⌊x_1⌋/7⌋',
    // Decided by signs, whatever is looked at.
    'relu(tanh(x_i) - 1) = 0',
    'max(σ(x_i), 1) = 1',
    'max(-x_i^2, 1) = 1',
    'min(e^{x_i}, -1) = -1',
  ])('and what all of them affirm is: %s', (claim) => {
    expect(kindOf(plain(), claim)).toMatch(/proved|agrees/)
  })
})

describe('an op of one’s own has pieces whatever it says of itself', () => {
  const beyond = () => own('y = max(x, 1)', (g, { x }) => mul(g, where(greater(x!, 1), 1, 0)))
  it.each([
    ['y_i = 1', 'refuted'],
    ['y_i = x_i', 'refuted'],
    ['∂C/∂x_i = 0', 'refuted'],
    ['y_i = max(x_i, 1)', 'proved'],
  ])('max(x, 1): %s: %s', (claim, kind) => {
    expect(kindOf(beyond(), claim)).toBe(kind)
  })

  it.each([
    ['y = [x > 50]', 'y_i = 0'],
    ['y = |x - 40|', 'y_i = 40 - x_i'],
    ['y = [x = 7]', 'y_i = 0'],
    ['y = [x^2 = 2]', 'y_i = 0'],
    ['y = min(1/x, 1000)', 'y_i = 1/x_i'],
  ])('%s: %s is not affirmed', (line, claim) => {
    expect(kindOf(own(line, null), claim)).toMatch(/refuted|budget/)
  })
})

describe('where an op has no rule nothing is proved of derivatives', () => {
  it.each(['∂C/∂x_i = 0', '∂C/∂x_i = t_i', '∂y_i/∂x_i = 0', '∂y_i/∂x_i = 1'])('%s', (claim) => {
    expect(kindOf(own('y = x', null), claim)).toBe('budget')
  })

  it.each(['y = x', 'y = x^2 [x > 0]', 'y = max(x, 1)'])('that has steps alone: %s', (line) => {
    const stepped = () => own(line, null, { stepwise: true })
    expect(stepped).toThrow('is not the derivative of the line')
  })

  it('unless its line has steps alone', () => {
    const stepped = own('y = floor(x) + 2 [x > 1]', null, { stepwise: true })
    expect(kindOf(stepped, '∂y_i/∂x_i = 0')).toBe('proved')
    expect(kindOf(stepped, '∂C/∂x_i = 0')).toBe('proved')
  })

  it('and of values what there is', () => {
    expect(kindOf(own('y = x', null), 'y_i = x_i')).toBe('proved')
    const halved = own('y = x / 2', (g) => div(g, 2))
    expect(kindOf(halved, '∂C/∂x_i = t_i/2')).toBe('proved')
  })
})

// What users give the public functions by mistake, and what they are told.
import { Graph, grad, OptionError, square, squaredError, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import * as library from './index.ts'

const {
  buildNetwork,
  checkNotes,
  derivation,
  readNetwork,
  session,
  verify,
  verifyEqual,
  verifySizes,
} = library

const graph = new Graph()
const y = graph.parameter('y_i', [3])
const cost = squaredError(y, graph.input('t_i', [3])).as('C')
const right = '∂C/∂y = y - t'

describe('what is meant is understood', () => {
  it('a model stands for its cost', () => {
    expect(verify({ cost }, right).kind).toBe('proved')
    expect(derivation({ cost }, y)).toHaveLength(1)
  })

  it('a network of a text knows the letters of its lengths', () => {
    const network = buildNetwork(readNetwork('x_i: input m=5\ns = mean(x)\nC = square(s)'))
    expect(verify(network, '∂s/∂x_i = 1/m').kind).toBe('proved')
    expect(verify({ ...network, sizes: [] }, '∂s/∂x_i = 1/m').kind).toBe('ill-formed')
    expect(() => verify({ ...network, sizes: 3 } as never, right)).toThrow(/sizes/)
  })

  it('a diagnosis that finds nothing may say nothing', () => {
    const verdict = verify(cost, '∂C/∂y = y', { diagnose: (() => undefined) as never })
    expect(verdict).toMatchObject({ kind: 'refuted', diagnoses: [] })
  })

  it('one assumption needs no list', () => {
    const claim = '|y_i| = y_i'
    expect(verify(cost, claim).kind).toBe('refuted')
    expect(verify(cost, claim, { assume: 'y_i > 0' }).kind).not.toBe('refuted')
    expect(verifySizes('n = 2', { assume: 'n = 2' }).kind).toBe('proved')
  })
})

describe('a slip is refused', () => {
  const slip = (body: () => unknown) => expect(body)
  it.each<[string, () => unknown, RegExp]>([
    ['asume', () => verify(cost, right, { asume: 'y > 0' } as never), /is assume meant\?/],
    ['timeout', () => verify(cost, right, { timeout: 3 } as never), /no option "timeout"/],
    ['deadline', () => verify(cost, right, { deadline: '5' } as never), /deadline is "5"/],
    [
      'assume',
      () => verify(cost, right, { assume: 3 } as never),
      /assume is 3; it must be a claim/,
    ],
    ['a cost', () => verify(undefined as never, right), /verify: undefined is neither the cost/],
    ['a number', () => verify(square(y), right), /the cost has shape \[3\]/],
    ['a formula', () => verify(cost, 3 as never), /the formula is 3; it must be text/],
    ['a node', () => verifyEqual(y, 3 as never), /verifyEqual: 3 is not a node/],
    ['a graph', () => verifyEqual(y, new Graph().input('x', [3])), /different graphs/],
    ['dedline', () => verifyEqual(y, y, { dedline: 1 } as never), /is deadline meant\?/],
    ['sizes', () => verifySizes('n = n', { asumes: 'n' } as never), /is assume meant\?/],
    ['notes', () => checkNotes(undefined as never), /the document is undefined; it must be text/],
    ['alow', () => checkNotes('', { alow: [] } as never), /is allow meant\?/],
    ['session', () => session({ deadline: 3 } as never), /no option "deadline"/],
    [
      'repairs',
      () => verify(cost, '∂C/∂y = y', { diagnose: (() => 5) as never }),
      /diagnose gave 5; it must give a list of repairs/,
    ],
    [
      'a claim that is read',
      () => library.verifyParsed(cost, library.parseClaim(right), { dedline: 1 } as never),
      /is deadline meant/,
    ],
    ['derivation', () => derivation(cost, 'y' as never), /derivation: "y" is not a node/],
  ])('%s', (_, body, reason) => {
    slip(body).toThrow(OptionError)
    slip(body).toThrow(reason)
  })
})

it('a convention is an option too', () => {
  const counted = 'Σ_{i=0}^{2} y_i = y_0 + y_1 + y_2'
  expect(verify(cost, counted, { conventions: ['count from 0'] })).toMatchObject({
    kind: 'proved',
    assumptions: ['indices count from 0'],
  })
  const wrong = () => verify(cost, counted, { conventions: ['count from 1'] } as never)
  expect(wrong).toThrow(/conventions is \["count from 1"\]; it must be a list of 'count from 0'/)
})

it('equal nodes are proved as before', () => {
  expect(verifyEqual(grad(sum(square(y)), y), grad(sum(square(y)), y)).kind).toBe('proved')
})

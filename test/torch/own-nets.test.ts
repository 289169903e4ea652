// Networks written by hand, ten steps of training each, against PyTorch in float64: the cost before
// every step, and every parameter at the end.
import { Graph, grad, type Node, sizeOf } from '@backprove/graph'
import { compile } from '@backprove/kernels'
import { expect, test } from 'vitest'
import { agree, ask, numbersOf, python } from './ask.ts'
import { OWN_NETS, type OwnNet } from './own-nets.ts'

type Numbers = Record<string, number[]>
const STEPS = 10

const fed: Record<string, (numbers: number[], count: number) => number[]> = {
  numbers: (numbers) => numbers,
  bits: (numbers) => numbers.map((value) => (value > 0 ? 1 : 0)),
  places: (numbers, count) => numbers.map((value) => Math.floor(((value + 1) / 2.0001) * count)),
}

/** A training step of one's own: the parameters and what the optimiser remembers live in it. */
function trainer({ parameters, inputs }: OwnNet, { trains, optimizer, cost }: OwnNet['steps'][0]) {
  const graph = new Graph()
  const named = { literal: true }
  const leaf = (name: string): Node =>
    Object.hasOwn(parameters, name)
      ? graph.parameter(name, parameters[name]!, named)
      : graph.input(name, inputs[name]![0], named)
  const leaves = Object.fromEntries(
    [...Object.keys(parameters), ...Object.keys(inputs)].map((name) => [name, leaf(name)]),
  )
  const total = cost(leaves)
  const own = Object.keys(parameters).filter((name) => name.startsWith(trains))
  const slopes = grad(
    total,
    own.map((name) => leaves[name]!),
  )
  const input = (name: string): Node => graph.input(name, [])
  const state = own.flatMap((name, k) => {
    const { next, slots } = optimizer.update(leaves[name]!, slopes[k]!, input, (slot) =>
      graph.input(`${name}.${slot}`, parameters[name]!, named),
    )
    return [[leaves[name]!, next], ...slots.map(({ leaf, next }) => [leaf, next])] as [Node, Node][]
  })
  const program = compile({ cost: total }, { dtype: 'float64', state })
  const kept = new Set(state.map(([node]) => node.name!))
  const zeros = state.map(([node]) => [node.name!, new Float64Array(sizeOf(node.shape))])
  const run = (step: number, values: Numbers, start: boolean) => {
    if (start) program.setState({ ...Object.fromEntries(zeros), ...among(values, kept) })
    const all = { ...values, ...optimizer.feeds(step) }
    const feeds = Object.keys(all).filter((name) => graph.named.has(name) && !kept.has(name))
    const result = program.run(among(all, new Set(feeds)))
    const trained = Object.entries(program.getState()).filter(([name]) => own.includes(name))
    for (const [name, numbers] of trained) values[name] = Array.from(numbers)
    return result.cost![0]!
  }
  return run
}

const among = (all: Readonly<Record<string, number | number[]>>, names: ReadonlySet<string>) =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      names.has(name) ? [[name, [value].flat()]] : [],
    ),
  )

function trained(net: OwnNet) {
  const draw = numbersOf(11)
  const start: Numbers = Object.fromEntries(
    Object.entries(net.parameters).map(([name, shape]) => [name, draw(sizeOf(shape))]),
  )
  const batches = [0, 1].map(
    (): Numbers =>
      Object.fromEntries(
        Object.entries(net.inputs).map(([name, [shape, kind]]) => {
          const numbers = draw(sizeOf(shape))
          const isPlace = typeof kind === 'number'
          return [name, fed[isPlace ? 'places' : kind]!(numbers, isPlace ? kind : 0)]
        }),
      ),
  )
  const values = { ...start }
  const runs = net.steps.map((step) => trainer(net, step))
  const costs = Array.from({ length: STEPS }, (_, k) =>
    runs.map((run) => run(k, Object.assign(values, batches[k % 2]), k === 0)),
  ).flat()
  return { start, batches, costs, values }
}

test.skipIf(!python)('networks written by hand train as in PyTorch', { timeout: 60_000 }, () => {
  const ours = Object.entries(OWN_NETS).map(([name, net]) => ({ name, net, ...trained(net) }))
  const questions = ours.map(({ name, net, start, batches }) => ({
    ...{ name, start, batches, steps: STEPS, parameters: net.parameters },
    inputs: Object.fromEntries(Object.entries(net.inputs).map(([key, [shape]]) => [key, shape])),
  }))
  const answers = ask('own_nets.py', questions) as { costs: number[]; values: Numbers }[]
  for (const [k, { name, net, costs, values }] of ours.entries()) {
    agree(costs, answers[k]!.costs, 1e-10, `${name}: costs`)
    for (const parameter of Object.keys(net.parameters))
      agree(values[parameter]!, answers[k]!.values[parameter]!, 1e-10, `${name}: ${parameter}`)
  }
  expect(answers).toHaveLength(ours.length)
})

// Where a claim's sources come from: the fields of a model, its adjoints and their derivatives.

import type { Node } from '@backprove/graph'
import type { FunctionRef, Named } from '../core/core.ts'
import { UnsupportedError } from '../core/errors.ts'
import { differentiateTerms } from '../index-terms/derivative.ts'
import { sameShape } from '../index-terms/fields.ts'
import { declareArray, type Field } from '../index-terms/terms.ts'
import type { Network } from '../network/network.ts'
import { poolingOf, poolingsOf } from '../network/pooling.ts'
import { wordOps } from '../network/word-ops.ts'
import { type Elementwise, elementwiseOf } from './functions/scalar-functions.ts'
import type { Model } from './model.ts'
import { type PlainField, plainField } from './terms/plain.ts'
import type { Reader } from './terms/terms.ts'

type Jacobian = Extract<Named, { kind: 'jacobian' }>

const elementwiseFor = (f: FunctionRef): Elementwise => {
  if (f.kind === 'activation') return elementwiseOf(f.of.value)
  const op = f.kind === 'word' ? wordOps[f.name] : undefined
  if (!op) throw new UnsupportedError(`${f.kind === 'word' ? f.name : 'a function'} of a number`)
  return { op, params: {} }
}

export const readerOf = (model: Model, network: Pick<Network, 'cost' | 'nodes'>): Reader => {
  const variables = new Map<string, PlainField>()
  const jacobians = new Map<string, Field>()
  const variable = (name: string): Field => {
    const known = variables.get(name) ?? plainField(declareArray(name, []))
    variables.set(name, known)
    return known
  }
  const entriesOf = (source: Jacobian['of']): Field =>
    source.kind === 'node' ? model.value(source.node) : model.adjoint(source.node)
  const derivative = ({ of: source, by, apart }: Jacobian): Field => {
    if (apart) throw new UnsupportedError('a derivative that is taken entry by entry')
    const of = entriesOf(source)
    const array = model.array(by)
    const rank = of.shape.length
    return {
      shape: [...of.shape, ...array.shape],
      at: (index) => differentiateTerms(of.at(index.slice(0, rank)), array, index.slice(rank)),
    }
  }
  const jacobian = (source: Jacobian): Field => {
    const key = `${source.of.kind} ${source.of.node.id} ${source.by.id} ${source.apart ?? ''}`
    const known = jacobians.get(key) ?? derivative(source)
    jacobians.set(key, known)
    return known
  }
  const shaped = (node: Node): Field => ({
    shape: model.network.shapeOf(node).shape,
    at: () => [],
  })
  return {
    functions: model.functions,
    maskKey: () => '',
    fieldOf: (source) => {
      if (source.kind === 'variable') return variable(source.name)
      return source.kind === 'jacobian' ? jacobian(source) : entriesOf(source)
    },
    derived: (f, order) => {
      const function_ = elementwiseFor(f)
      return (argument) => model.derived(function_, order, argument)
    },
    poolings: {
      all: poolingsOf(network),
      enteredBy: (array) => poolingOf(network, array),
      isAsLarge: (a, b) => sameShape(shaped(a), shaped(b)),
      shapeOf: model.network.shapeOf,
      value: model.value,
    },
  }
}

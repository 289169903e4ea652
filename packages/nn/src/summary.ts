// A network in a table: what each layer makes and what it costs.
import type { Model } from './model.ts'

export interface Summary {
  readonly parameters: number
  toString(): string
}

export function summarize(model: Model): Summary {
  const parameters = model.parameters.reduce(
    (total, node) => total + node.shape.reduce((size, length) => size * length, 1),
    0,
  )
  return { parameters, toString: () => `${parameters} parameters` }
}

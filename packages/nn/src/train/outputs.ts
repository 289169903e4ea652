// What a model's outputs are asked to be: one number for each class, one number that says which of
// two, or numbers of their own.
import { binaryCrossEntropy, hinge, type TypedArray } from '@backprove/graph'
import { countFromOne } from '../data/dataset.ts'
import type { Dataset } from '../data/images.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'

/** How many outputs a model has. */
export const outputsOf = (model: Model): number =>
  model.at(null).y.shape.reduce((size, length) => size * length, 1)

/**
 * The data as the model is to answer it: a network of one output tells two classes apart by a
 * target of 0 or 1. @throws NetworkError where the outputs are not as many as the targets
 */
export function answerable(what: string, model: Model, data: Dataset): Dataset {
  const outputs = outputsOf(model)
  const { spec } = model
  const { targets, labels, classes } = data
  if (targets) {
    const width = targets.length / labels.length
    if (width === outputs) return data
    throw new NetworkError(`${what}: ${width} targets a sample for a network of ${outputs} outputs`)
  }
  if (spec.cost === hinge) {
    const how = 'numbers({ inputs, targets }) gives them'
    throw new NetworkError(`${what}: hinge takes targets of −1 and 1, no classes; ${how}`)
  }
  if (outputs === classes) return data
  if (outputs === 1 && classes === 2) return { ...data, targets: Float32Array.from(labels) }
  const units = model.at(null).y.shape.join()
  const isShifted = classes === outputs + 1 && countFromOne(labels)
  const shifted = isShifted ? '; no label is 0, and labels count from 0' : ''
  throw new NetworkError(`${what}: ${classes} classes for a network of output [${units}]${shifted}`)
}

/** The position of the largest; the first of equals. */
export function argmax(values: TypedArray): number {
  let best = 0
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k
  return best
}

/**
 * The class that the outputs say: the largest; of one output 1 above the middle, which is 0 for a
 * logit under binary cross-entropy and 1/2 else.
 */
export function labelOf({ spec }: Model, outputs: TypedArray): number {
  if (outputs.length > 1) return argmax(outputs)
  const isLogit = spec.cost === binaryCrossEntropy && spec.layers.at(-1)?.kind !== 'sigmoid'
  return outputs[0]! > (isLogit ? 0 : 0.5) ? 1 : 0
}

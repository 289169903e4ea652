// Runs each hand-written formula beside the gradient that the graph derived, on real images.
import { evaluate, grad } from '@backprove/graph'
import type { Dataset, Model } from '@backprove/nn'
import { imageOf } from '@backprove/nn'
import { type BookValues, FORMULAS_OF_NOTE_003 } from './formulas-by-hand.ts'

export interface FormulaCheck {
  readonly text: string
  readonly images: number
  /** The largest |formula − grad| over all entries and images. */
  readonly difference: number
}

/** Checks all formulas of note 003 on the first images of the set. */
export function checkFormulas(model: Model, data: Dataset, images = 3): FormulaCheck[] {
  const { graph, cost } = model
  const forward = ['z^F', 'a^F', 'a^P', 'z^O', 'a^O'].map((name) => graph.node(name))
  const derivatives = grad(
    cost,
    FORMULAS_OF_NOTE_003.map(({ by }) => graph.node(by)),
  )
  const largest = FORMULAS_OF_NOTE_003.map(() => 0)
  for (let image = 0; image < images; image++) {
    const t = Float64Array.from({ length: 3 }, (_, n) => Number(n === data.labels[image]))
    const x = Float64Array.from(imageOf(data, image).data)
    const feeds = { ...model.values, x, t }
    const [zF, aF, aP, zO, aO] = evaluate(forward, feeds) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    const wO = Float64Array.from(model.values['w^O']!)
    const values: BookValues = { x, t, zF, aF, aP, zO, aO, wO }
    evaluate(derivatives, feeds).forEach((derived, k) => {
      const byHand = FORMULAS_OF_NOTE_003[k]!.value(values)
      byHand.forEach((entry, place) => {
        largest[k] = Math.max(largest[k]!, Math.abs(entry - derived[place]!))
      })
    })
  }
  return FORMULAS_OF_NOTE_003.map(({ text }, k) => ({ text, images, difference: largest[k]! }))
}

// A model as consoles and notebooks show it: its layers in a line each, no internals.
import { type Display, formatShape, sizeOf } from '@backprove/graph'
import { nameOfCost } from './costs.ts'
import type { Model } from './model.ts'

/** More layers than fit a few lines are counted. */
const MOST = 12

export function shownModel({ spec, x, cost, layers, parameters }: Model): Display {
  const count = parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const shown = layers
    .slice(0, MOST)
    .map(({ layer, y }): [string, string] => [
      layer.kind,
      `${formatShape(y.shape)}${y.name === undefined ? '' : ` ${y.name}`}`,
    ])
  const rows: [string, string][] = [
    ['input', `${formatShape(x.shape)} ${x.name}`],
    ...shown,
    ...(layers.length > MOST ? [['…', `${layers.length - MOST} more layers`] as const] : []),
    ['cost', `${nameOfCost(spec.cost) ?? cost.op.name}, ${count} parameters`],
  ].map(([what, which]) => [what!, which!])
  const width = Math.max(...rows.map(([what]) => what.length))
  const lines = rows.map(([what, which]) => `  ${what.padEnd(width)}  ${which}`)
  const head = `a network of ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}`
  return { text: [head, ...lines].join('\n'), rows }
}

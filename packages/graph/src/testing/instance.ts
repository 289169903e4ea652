// Random applications of ops: shapes and options from fast-check, values away from kinks.
import fc from 'fast-check'
import type { GraphOptions } from '../policy.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import type { Shape } from '../shape.ts'
import { drawFrom, separated } from './draw.ts'

/** How to record one application of an op. */
export interface Instance {
  readonly shapes: readonly Shape[]
  readonly record: (args: readonly Node[]) => Node
  /** Where logarithms and roots are real. Default: any number. */
  readonly domain?: 'positive'
  /** The position of an argument that is a condition: zeros and ones. */
  readonly condition?: number
}
export type Instances = fc.Arbitrary<Instance>

export interface Recorded {
  readonly node: Node
  readonly feeds: Readonly<Record<string, Float64Array>>
  readonly jumps: readonly Node[]
}

/** Records the instance in a graph of its own, with values for its inputs. */
export function recordInstance(
  instance: Instance,
  seed: number,
  options: GraphOptions = {},
): Recorded {
  const graph = new Graph(options)
  const args = instance.shapes.map((shape, k) => graph.input(`argument ${k}`, shape))
  const draw = drawFrom(seed)
  const values = separated(instance.shapes, draw, instance.domain === 'positive')
  const { condition } = instance
  if (condition !== undefined) {
    values[condition] = values[condition]!.map(() => draw.below(2))
  }
  return {
    node: instance.record(args),
    feeds: Object.fromEntries(values.map((data, k) => [`argument ${k}`, data])),
    jumps: condition === undefined ? [] : [args[condition]!],
  }
}

export const length = (most = 3): fc.Arbitrary<number> => fc.integer({ min: 1, max: most })

export const shape = (least: number, most: number): fc.Arbitrary<number[]> =>
  fc.array(length(), { minLength: least, maxLength: most })

/** Shapes that broadcast to one of them: axes of length 1, and axes missing in front. */
export const broadcastable = (count: number): fc.Arbitrary<Shape[]> =>
  shape(0, 3).chain((full) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, k) =>
        k === 0
          ? fc.constant(full)
          : fc
              .tuple(
                fc.array(fc.boolean(), { minLength: full.length, maxLength: full.length }),
                fc.nat(full.length),
              )
              .map(([narrow, missing]) =>
                full.map((n, axis) => (narrow[axis] ? 1 : n)).slice(missing),
              ),
      ),
    ),
  )

/** A batch or no batch in front of the axes of one sample. */
export const batched = (sample: fc.Arbitrary<readonly number[]>): fc.Arbitrary<Shape> =>
  fc
    .tuple(fc.option(length(2), { nil: undefined }), sample)
    .map(([batch, axes]) => (batch === undefined ? axes : [batch, ...axes]))

/** Some axes of an array, ascending. */
export const someAxes = (rank: number): fc.Arbitrary<number[]> =>
  fc.subarray(
    Array.from({ length: rank }, (_, axis) => axis),
    { minLength: 1 },
  )

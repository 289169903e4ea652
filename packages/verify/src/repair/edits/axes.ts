// Edits of sums along an axis in lines of programs: the other axis, none, or one where none is
// named.
import { programText } from '../../language/print/program.ts'
import type { Axes, Expression } from '../../language/syntax.ts'
import { insteadOf, type Of } from '../build.ts'
import { everywhere, type Rewrite } from '../edit.ts'
import { entryOf } from './entries.ts'

const others = (along: Axes | undefined): readonly Axes[] => {
  const [axis, second] = along?.axes ?? []
  const { axes: _, ...rest } = along ?? {}
  if (second !== undefined) return []
  const named = [0, 1].filter((each) => each !== axis).map((each) => ({ ...rest, axes: [each] }))
  return axis === undefined ? named : [...named, rest]
}

const spelled = ({ axes }: Axes): string => (axes ? `axis=${axes.join()}` : 'of all entries')

/** Σ_j Z_{ji} for Σ_j Z_{ij}: of a single array, and no transpose. */
const otherLetter = (node: Expression): readonly (readonly [Expression, string])[] => {
  const { body } = node as Of<'reduction'>
  const of = body.kind === 'derivative' ? body.by[0]! : body
  const entry = entryOf(of)
  if (entry?.parts.length !== 2) return []
  const turned = entry.with(entry.parts.toReversed())
  const right = { ...node, body: body === of ? turned : { ...body, by: [turned] } } as Expression
  return [[right, `The sum runs over the other axis: ${insteadOf(right, node)}.`]]
}

/** axis=0 for axis=1. */
export const otherAxis: Rewrite = everywhere(({ node, side }, { program }) => {
  if (node.kind === 'reduction' && side > 0) return otherLetter(node)
  const isAlong =
    node.kind === 'call' && ['sum', 'mean', 'max', 'variance'].includes(node.word) && side > 0
  if (!program || !isAlong) return []
  return others(node.along).map((along) => {
    const { along: _, ...plain } = node
    const right: Expression = along.axes || along.keeps ? { ...plain, along } : plain
    const wrong = node.along ?? {}
    return [
      right,
      `The axis is wrong: ${spelled(along)} instead of ${spelled(wrong)} in ${programText(node)}.`,
    ]
  })
})

// A group of elementwise nodes, perhaps ending in a reduction, as straight-line code.
import type { Node, ReduceParams } from '@backprove/graph'
import type { ElementwiseDraft, Located, ReductionDraft } from './draft.ts'
import { entryFor, familyOf, type ReductionName } from './families.ts'
import { passOver } from './fuse.ts'
import type { Combination, Instruction, Source } from './plan.ts'
import { uniformValue } from './uniform.ts'
import { broadcastView } from './views.ts'

const combinations: { readonly [K in ReductionName]: Combination } = { sum: 'sum', max: 'max' }

/** The step that computes `root` and the members of its group; arguments have smaller ranks. */
export function groupOf(
  root: Node,
  members: readonly Node[],
  locate: (node: Node) => Located,
  writes: Located,
  label: string,
): ElementwiseDraft | ReductionDraft {
  const shape = passOver(root)!
  const inside = new Set(members)
  const code: Instruction[] = []
  const reads: Located[] = []
  const sources = new Map<Node, Source>()

  const sourceOf = (node: Node): Source => {
    const known = sources.get(node)
    if (known) return known
    const value = uniformValue(node)
    const source: Source =
      value === undefined ? { kind: 'input', index: reads.length } : { kind: 'number', value }
    if (value === undefined) {
      const array = locate(node)
      reads.push({ value: array.value, view: broadcastView(array.view, shape) })
    }
    sources.set(node, source)
    return source
  }
  const instruct = (node: Node): void => {
    const operands = node.args.map(sourceOf)
    code.push({ op: node.op, params: node.params, sources: operands })
    sources.set(node, { kind: 'result', index: code.length - 1 })
  }
  const reduces = familyOf(root.op) === 'reduction'
  for (const node of inOrder(root, inside)) if (node !== root || !reduces) instruct(node)
  if (!reduces) return { kind: 'elementwise', label, shape, reads, writes, code }
  const argument = root.args[0]!
  if (!inside.has(argument)) {
    const array = locate(argument)
    reads.push({ value: array.value, view: broadcastView(array.view, shape) })
  }
  const { axes } = root.params as ReduceParams
  const combine = entryFor(combinations, root.op)!
  return { kind: 'reduction', label, shape, reads, writes, code, axes, combine }
}

/** The group's nodes, arguments first, the root last. */
function inOrder(root: Node, inside: ReadonlySet<Node>): Node[] {
  const ordered = new Set<Node>()
  const waiting = [root]
  for (let node = waiting.at(-1); node; node = waiting.at(-1)) {
    const missing = node.args.filter((arg) => inside.has(arg) && !ordered.has(arg))
    if (missing.length > 0) waiting.push(...missing)
    else {
      waiting.pop()
      ordered.add(node)
    }
  }
  return [...ordered]
}

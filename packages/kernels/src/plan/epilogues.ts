// A fused group that waits for a kernel's result alone, done by the kernel as it writes: what is
// in between is then never in memory. Bias, residual sum, relu and the mask of its derivative are
// such groups. Only where the backend's kernel says that it can.
import { sizeOf } from '@backprove/graph'
import {
  type Draft,
  type ElementwiseDraft,
  isWhole,
  type KernelDraft,
  type Located,
  type Value,
} from './draft.ts'
import { keyOf, type OpKey } from './families.ts'
import type { Instruction, Source } from './plan.ts'
import { isDense } from './views.ts'

/** What costs an instruction or two: longer formulas would be written out too often. */
const short: ReadonlySet<OpKey> = new Set<OpKey>([
  ...(['add', 'sub', 'mul', 'neg', 'relu', 'leakyRelu'] as const),
  ...(['greater', 'less', 'where', 'maximum', 'minimum'] as const),
])
const mostTogether = 6

/**
 * The drafts with such groups joined to their kernels, which come where the groups were. `kept` are
 * values that somebody asks for.
 */
export function joinEpilogues(drafts: readonly Draft[], kept: ReadonlySet<Value>): Draft[] {
  const joined = new Map<Draft, KernelDraft | undefined>()
  for (const draft of drafts) {
    const found = draft.kind === 'elementwise' ? kernelBefore(draft, kept) : undefined
    if (!found) continue
    joined.set(found.kernel, undefined)
    joined.set(draft, join(found.kernel, draft as ElementwiseDraft, found.own))
  }
  return drafts.flatMap((draft) => (joined.has(draft) ? (joined.get(draft) ?? []) : draft))
}

/** The kernel whose whole result the group reads once, if nobody else does, and which input it is. */
function kernelBefore(
  { code, shape, reads, writes }: ElementwiseDraft,
  kept: ReadonlySet<Value>,
): { readonly kernel: KernelDraft; readonly own: number } | undefined {
  const isShort = code.length <= mostTogether && code.every(({ op }) => short.has(keyOf(op)))
  if (code.length === 0 || !isShort || !isWhole(writes) || writes.value.writers.length > 1) {
    return undefined
  }
  // All arrays have one order of entries: that of the kernel's result.
  if (!reads.every(({ view }) => isDense(view) && sizeOf(view.shape) === sizeOf(shape))) {
    return undefined
  }
  const own = reads.findIndex((read) => mayJoin(read, kept))
  if (own < 0) return undefined
  const { value } = reads[own]!
  const isReadOnce = reads.every((read, k) => k === own || read.value !== value)
  return isReadOnce ? { kernel: value.writers[0] as KernelDraft, own } : undefined
}

function mayJoin(read: Located, kept: ReadonlySet<Value>): boolean {
  const { role, readers, writers } = read.value
  const [writer, ...others] = writers
  return (
    isWhole(read) &&
    role === 'temporary' &&
    !kept.has(read.value) &&
    readers.length === 1 &&
    others.length === 0 &&
    writer?.kind === 'kernel' &&
    writer.finishes &&
    !writer.epilogue
  )
}

function join(kernel: KernelDraft, group: ElementwiseDraft, own: number): KernelDraft {
  const others = group.reads.filter((_, k) => k !== own)
  /** The kernel's result is input 0, the others follow. */
  const moved = (source: Source): Source =>
    source.kind !== 'input'
      ? source
      : {
          kind: 'input',
          index: source.index === own ? 0 : source.index + Number(source.index < own),
        }
  const code = group.code.map((one): Instruction => ({ ...one, sources: one.sources.map(moved) }))
  const reads = [...kernel.reads, ...others]
  // The group may see the same entries as an array of another shape: the kernel knows its own.
  const writes = { value: group.writes.value, view: kernel.writes.view }
  const draft: KernelDraft = {
    ...kernel,
    ...{ label: group.label, reads, writes },
    epilogue: { code, arrays: others.length },
  }
  const isOld = (one: Draft) => one === kernel || one === group
  for (const value of new Set(reads.map((read) => read.value))) {
    const at = value.readers.findLastIndex(isOld)
    value.readers.splice(at, 1, draft)
    const left = value.readers.filter((one) => !isOld(one))
    value.readers.splice(0, value.readers.length, ...left)
  }
  draft.writes.value.writers.splice(0, 1, draft)
  return draft
}

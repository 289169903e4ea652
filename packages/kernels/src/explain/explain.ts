// What `explain` says of a program: plain data, and the same as a table of text.
import { displayed } from '@backprove/graph'
import type { StepKernel } from '../backend.ts'
import { type AppliedLaw, bytesPerEntry, type DType, type Plan, type Step } from '../plan/plan.ts'
import { flopsOf, trafficOf } from './flops.ts'

/** A step of a program: what it computes, by which kernel, at what cost. */
export interface ExplainedStep extends StepKernel {
  /** What people call the node that the step computes. */
  readonly node: string
  /** The ops computed together, in order. */
  readonly ops: readonly string[]
  readonly shape: readonly number[]
  /** Read and written. */
  readonly bytes: number
  readonly flops: number
}

/** How a program runs, as plain data; as text it is a table. */
export interface Explanation {
  readonly backend: string
  readonly dtype: DType
  readonly steps: readonly ExplainedStep[]
  readonly laws: readonly AppliedLaw[]
  /** Nodes that have no kernel and are run by the reference interpreter. */
  readonly holes: readonly string[]
  /** All memory of the program, and the most of it that any step needs. */
  readonly peakBytes: number
  readonly largestLiveBytes: number
  readonly flops: number
  toString(): string
}

export function explain(plan: Plan, kernels: readonly StepKernel[], backend: string): Explanation {
  const width = bytesPerEntry[plan.dtype]
  const steps = plan.steps.map((step, k): ExplainedStep => {
    const { backend: by, kernel } = kernels[k]!
    return {
      node: step.label,
      ops: opsOf(step),
      shape: step.output.shape,
      backend: by,
      kernel,
      bytes: trafficOf(step) * width,
      flops: flopsOf(step),
    }
  })
  const explanation = {
    backend,
    dtype: plan.dtype,
    steps,
    laws: plan.laws,
    holes: steps.filter((step) => step.backend === 'interpreter').map((step) => step.node),
    peakBytes: plan.length * width,
    largestLiveBytes: plan.largestLive * width,
    flops: steps.reduce((total, { flops }) => total + flops, 0),
  }
  // Not a part of the data: it is left out when the explanation is serialised or compared.
  const shown = displayed(explanation, () => ({ text: textOf(explanation) }))
  return Object.defineProperty(shown, 'toString', {
    value: () => textOf(explanation),
    enumerable: false,
  })
}

function opsOf(step: Step): string[] {
  if (step.kind === 'kernel') {
    return [step.op, ...(step.epilogue?.code ?? []).map(({ op }) => op)].map(({ name }) => name)
  }
  const fused = step.code.map(({ op }) => op.name)
  if (step.kind === 'reduction') {
    return [...fused, ...(step.results ?? [0]).map(() => step.combine)]
  }
  return fused.length > 0 ? fused : ['copy']
}

function textOf(explanation: Omit<Explanation, 'toString'>): string {
  const { backend, dtype, steps, laws, holes, peakBytes, largestLiveBytes, flops } = explanation
  const rows = steps.map((step) => [
    step.node,
    `[${step.shape.join(', ')}]`,
    step.ops.join(' · '),
    `${step.backend}: ${step.kernel}`,
    `${step.bytes} B`,
    `${step.flops} flop`,
  ])
  const counted = new Map<string, number>()
  for (const { law } of laws) counted.set(law, (counted.get(law) ?? 0) + 1)
  const lines = [
    `${steps.length} steps on ${backend} in ${dtype}, ${flops} flop a run`,
    `${peakBytes} bytes of memory, at most ${largestLiveBytes} of them at once`,
    ...table([['node', 'shape', 'ops', 'kernel', 'bytes', 'flops'], ...rows]),
    ...[...counted].map(([law, count]) => `law: ${law}${count > 1 ? ` (${count} times)` : ''}`),
    ...holes.map((node) => `no kernel, interpreted: ${node}`),
  ]
  return lines.join('\n')
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => [...row[column]!].length)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - [...cell].length))
      .join('  ')
      .trimEnd(),
  )
}

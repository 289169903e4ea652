// The memory of the workloads' programs against what the order of their steps needs at once.
import { compile } from '@backprove/kernels'
import { expect, test } from 'vitest'
import { buildPlan } from '../packages/kernels/src/plan/build.ts'
import { bytesPerEntry } from '../packages/kernels/src/plan/plan.ts'
import { largestLiveSet } from '../packages/kernels/src/testing/live-set.ts'
import { wasmBackend } from '../packages/kernels/src/wasm/backend/backend.ts'
import { pageBytes } from '../packages/kernels/src/wasm/encoder/index.ts'
import { graphs } from './graphs.ts'
import { workloadNames } from './workloads.ts'
import '../packages/kernels/src/wasm/seldom/seldom.ts'

/** WebAssembly's memory comes in pages, and a header stands before the arrays. */
const rounding = 2 * pageBytes

test.each(workloadNames)('%s takes at most 1.5 times its largest live set', (name) => {
  const { output, state, states, feeds } = graphs[name]()
  const dtype = 'float32'
  const { laws, alignment } = wasmBackend
  const plan = buildPlan({
    ...{ outputs: [output], states: state, dtype, laws, alignment },
    scratch: (node) => wasmBackend.scratch(node, dtype),
  })
  const live = largestLiveSet(plan)
  expect(plan.length).toBeLessThanOrEqual(1.5 * live)

  const program = compile([output], { state, views: true, backend: 'wasm', dtype })
  program.setState(states)
  const first = Object.fromEntries(
    plan.feeds.map(({ name, place }) => {
      return [
        name,
        feeds[name]!.subarray(
          0,
          place.shape.reduce((a, b) => a * b, 1),
        ),
      ]
    }),
  )
  const [shown] = program.run(first)
  const bytes = live * bytesPerEntry[dtype]
  expect(program.explain().largestLiveBytes).toBeGreaterThanOrEqual(bytes)
  expect(shown!.buffer.byteLength).toBeLessThanOrEqual(1.5 * bytes + rounding)
})

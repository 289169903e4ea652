// A graph as a module of StableHLO, for XLA.

import type { Target } from '../lower/target.ts'
import type { ExportOptions, Manifest, Outputs } from '../module/manifest.ts'
import { recordModule, type Shortcuts } from '../module/record.ts'
import type { Value } from '../module/value.ts'
import { stableHloTarget } from './target.ts'
import { moduleText } from './text.ts'

/** XLA runs the lines as fast as its own forms: there are none. */
const NONE: Shortcuts<Target<Value>> = new Map()

/**
 * The outputs as a function `main` of the leaves that they need, in the manifest's order.
 * @throws ExportError naming the op, the node and the user's line
 */
export function toStableHLO(
  outputs: Outputs,
  options: ExportOptions = {},
): { mlir: string; manifest: Manifest } {
  const recorded = recordModule('toStableHLO', outputs, options, stableHloTarget(), NONE)
  const results = recorded.outputs.map(({ value }) => value)
  return { mlir: moduleText(recorded.inputs, results, recorded.dtype), manifest: recorded.manifest }
}

// The attributes of a node, and which of them nobody asked for.
import type { Attribute } from './read.ts'

/**
 * The attributes of a node, of which none is to be dropped: what an operator does not ask for it
 * does not understand, as one of a version of ONNX to come.
 */
export class AskedFor extends Map<string, Attribute> {
  readonly #asked = new Set<string>()
  override get(name: string): Attribute {
    this.#asked.add(name)
    return super.get(name)
  }
  ignored(): string | undefined {
    return [...this.keys()].find((name) => !this.#asked.has(name) && !MAY_BE_IDLE.has(name))
  }
}

/** What says again what the inputs say, or matters only beside another attribute. */
const MAY_BE_IDLE: ReadonlySet<string> = new Set([
  ...['allowzero', 'antialias', 'beta', 'broadcast', 'consumed_inputs'],
  ...['cubic_coeff_a', 'dtype', 'else_branch', 'exclude_outside'],
  ...['extrapolation_value', 'is_test', 'kernel_shape', 'momentum'],
  ...['noop_with_empty_axes', 'num_outputs', 'output_dtype', 'precision', 'ratio'],
  ...['round_mode', 'saturate', 'seed', 'softmax_precision', 'sorted', 'stash_type'],
  ...['storage_order', 'then_branch'],
])

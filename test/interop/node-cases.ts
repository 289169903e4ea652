// ONNX's own node tests read as graphs: how many give their outputs here, which operators are
// named as unsupported, and every case that differs, with why.
//     python test/interop/node-cases.py | node test/interop/node-cases.ts [OPERATOR …]
import { createInterface } from 'node:readline'
import { evaluate, type Node } from '@backprove/graph'
import { fromOnnx, type InputOptions } from '@backprove/interop'

interface Array_ {
  readonly shape: readonly number[]
  readonly kind: string
  readonly data: readonly string[]
}
interface Case {
  readonly name: string
  readonly operators: readonly string[]
  readonly model: string
  readonly names: readonly string[]
  readonly inputs: readonly (Array_ | null)[]
  readonly outputs: readonly (Array_ | null)[]
  readonly relative: number
  readonly absolute: number
}

const numbers = (data: readonly string[]): Float64Array =>
  Float64Array.from(data, (entry) => Number(entry.replace('inf', 'Infinity').replace('nan', 'NaN')))

/** Two last places of a kind of number: the cases round every step of a computation to half of one. */
const PRECISION: Readonly<Record<string, number>> = { bfloat16: 2 ** -6, float16: 2 ** -9 }

/** Cases whose expected value is not taken, and why. */
const OTHERWISE: Readonly<Record<string, string>> = Object.fromEntries(
  ['linear', 'cubic'].map((mode) => [
    `test_resize_downsample_scales_${mode}_align_corners`,
    'corners aligned to length × scale = 2.4, not to the length 2 that ONNX defines and runtimes take',
  ]),
)

type Amiss = { readonly unsupported?: string; readonly why?: string } | undefined

/** Why the case is not met; undefined where it is. */
function amiss(each: Case): Amiss {
  const found = amissWith(each, Number.POSITIVE_INFINITY)
  // Settings that are numbers, as the scales of a resize, are known in a model.
  const isOpen = found?.unsupported?.includes('depends on data') ?? false
  return isOpen ? amissWith(each, 1) : found
}

function amissWith(each: Case, knownFrom: number): Amiss {
  const bytes = new Uint8Array(Buffer.from(each.model, 'base64'))
  if ([...each.inputs, ...each.outputs].includes(null)) return { unsupported: 'no tensor' }
  const fed: Record<string, Float64Array> = {}
  const known: Record<string, InputOptions> = {}
  for (const [k, value] of each.inputs.entries()) {
    const data = numbers(value!.data)
    const { shape } = value!
    // Whole numbers are shapes, axes and places: they are known when the model is read.
    if (k >= knownFrom || /^u?int/.test(value!.kind)) known[each.names[k]!] = { shape, data }
    else {
      known[each.names[k]!] = { shape }
      if (data.length > 0) fed[each.names[k]!] = data
    }
  }
  const model = fromOnnx(bytes, { inputs: known })
  const [first] = model.unsupported
  if (first) return { unsupported: `${first.operator}: ${first.reason}` }
  const made = model.outputNames.map((name) => model.outputs[name]!)
  if (made.length !== each.outputs.length) return { why: `${made.length} outputs` }
  for (const [k, node] of made.entries()) {
    const why = compare(node, each, each.outputs[k]!, { ...model.values, ...fed })
    if (why) return { why: `output ${k}: ${why}` }
  }
  return undefined
}

function compare(
  node: Node,
  { relative, absolute }: Case,
  { shape, data, kind }: Array_,
  feeds: Readonly<Record<string, ArrayLike<number>>>,
): string | undefined {
  if (node.shape.join() !== shape.join()) return `[${node.shape}] is not [${shape}]`
  const used = Object.fromEntries(
    Object.entries(feeds).filter(([name]) => node.graph.named.has(name)),
  ) as Record<string, Float64Array>
  const value = evaluate(node, used) as number | Float64Array
  const got = typeof value === 'number' ? [value] : value
  const wanted = numbers(data)
  const most = Math.max(relative, PRECISION[kind] ?? 0)
  for (let k = 0; k < wanted.length; k++) {
    const [a, b] = [got[k]!, wanted[k]!]
    if (Object.is(a, b) || a === b) continue
    if (!(Math.abs(a - b) <= absolute + most * Math.abs(b) + 1e-7)) return `${a} is not ${b}`
  }
  return undefined
}

const wanted = process.argv.slice(2)
const tally = { cases: 0, met: 0, otherwise: 0 }
const unsupported = new Map<string, number>()
for await (const line of createInterface({ input: process.stdin })) {
  const each = JSON.parse(line) as Case
  if (wanted.length > 0 && !each.operators.some((name) => wanted.includes(name))) continue
  tally.cases++
  let found: ReturnType<typeof amiss>
  try {
    found = amiss(each)
  } catch (error) {
    found = { why: (error as Error).message.split('\n')[0]! }
  }
  if (!found) tally.met++
  else if (found.unsupported) {
    const what = found.unsupported
    unsupported.set(what, (unsupported.get(what) ?? 0) + 1)
  } else {
    const why = OTHERWISE[each.name]
    if (why) tally.otherwise++
    console.log(`${each.name}: ${found.why}${why ? ` (${why})` : ''}`)
  }
}
for (const [what, count] of [...unsupported].sort((a, b) => b[1] - a[1])) {
  console.log(`unsupported, ${count}: ${what}`)
}
const named = [...unsupported.values()].reduce((a, b) => a + b, 0)
console.log(
  `${tally.met} of ${tally.cases} cases are met, ${named} have an unsupported operator, ` +
    `${tally.otherwise} are met otherwise on purpose, ` +
    `${tally.cases - tally.met - named - tally.otherwise} differ`,
)

// Attention: softmax(Q Kᵀ scale) V.
import {
  add,
  broadcastTo,
  concat,
  div,
  greater,
  matmul,
  max,
  mul,
  type Node,
  reshape,
  softmax,
  tanh,
  transpose,
  where,
} from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import {
  type Call,
  integers,
  isWhole,
  node,
  type Operator,
  optional,
  setting,
  unsupported,
} from '../context.ts'
import { constant } from './places.ts'

/** [N, L, heads · E] as [N, heads, L, E]; what has four axes already stays. */
function heads(call: Call, x: Node, name: string): Node {
  if (x.shape.length === 4) return x
  const [n, length, all] = x.shape as [number, number, number]
  const count = setting(call, name, 0)
  if (x.shape.length !== 3 || !(count >= 1) || all % count !== 0)
    throw new OnnxError(`fromOnnx: [${x.shape}] is not of ${count} heads`)
  return transpose(reshape(x, [n, length, count, all / count]), { axes: [0, 2, 1, 3] })
}

/** Each head of keys and values for so many heads of queries. */
function repeated(x: Node, times: number): Node {
  if (times === 1) return x
  const [n, h, length, size] = x.shape as [number, number, number, number]
  const wide = broadcastTo(reshape(x, [n, h, 1, length, size]), [n, h, times, length, size])
  return reshape(wide, [n, h * times, length, size])
}

function attention(call: Call): Node[] {
  const given = node(call, 0)
  const q = heads(call, given, 'q_num_heads')
  const join = (k: number, past: number) => {
    const own = heads(call, node(call, k), 'kv_num_heads')
    const before = optional(call, past)
    return before ? concat([before, own], { axis: 2 }) : own
  }
  const [keys, values] = [join(1, 4), join(2, 5)]
  const times = q.shape[1]! / keys.shape[1]!
  if (!Number.isInteger(times))
    throw new OnnxError(`fromOnnx: ${q.shape[1]} heads of queries, ${keys.shape[1]} of keys`)
  const [k, v] = [repeated(keys, times), repeated(values, times)]
  const scale = setting(call, 'scale', 1 / Math.sqrt(q.shape[3]!))
  const raw = mul(scale, matmul(q, transpose(k, { axes: [0, 1, 3, 2] })))
  const cap = setting(call, 'softcap', 0)
  const capped = (x: Node) => (cap > 0 ? mul(cap, tanh(div(x, cap))) : x)
  const bounded = capped(raw)
  const scores = masked(call, bounded)
  // A row that sees nothing gives 0.
  const isSeen = scores === bounded ? undefined : greater(max(scores, ROW), NEVER)
  const safe = isSeen ? where(isSeen, scores, 0) : scores
  const soft = softmax(safe, { axis: 3 })
  const weights = isSeen ? where(isSeen, soft, 0) : soft
  const mode = setting(call, 'qk_matmul_output_mode', 0)
  const shown = [raw, bounded, scores, weights][mode] ?? unsupported(`the output of mode ${mode}`)
  const y = matmul(weights, v)
  const flat = () => {
    const [n, h, length, size] = y.shape as [number, number, number, number]
    return reshape(transpose(y, { axes: [0, 2, 1, 3] }), [n, length, h * size])
  }
  return [given.shape.length === 4 ? y : flat(), keys, values, shown]
}

const NEVER = Number.NEGATIVE_INFINITY
const ROW = { axes: [3], keepDims: true }

/** What may not be seen is −∞: by place, by a mask of truth values, or one that is added. */
function masked(call: Call, scores: Node): Node {
  const [batch, , rows, columns] = scores.shape as [number, number, number, number]
  const past = call.inputs[4]?.shape[2] ?? 0
  const lengths = call.inputs[6] ? integers(call, 6)! : undefined
  const [left, right] = ['left_window_size', 'right_window_size'].map((name) => {
    const size = setting(call, name, -1)
    return size < 0 ? Number.POSITIVE_INFINITY : size
  })
  const isCausal = setting(call, 'is_causal', 0) === 1
  const isSeen = ([n, , i, j]: readonly number[]): boolean => {
    const length = lengths?.[n!]
    const place = i! + (length === undefined ? past : length - rows)
    const inWindow = place - j! <= left! && j! - place <= (isCausal ? Math.min(0, right!) : right!)
    return inWindow && (length === undefined || j! < length)
  }
  const isAll = !isCausal && !lengths && left === Infinity && right === Infinity
  const shape = [lengths ? batch : 1, 1, rows, columns]
  const seen = () => constant(call, shape, (at) => (isSeen(at) ? 1 : 0))
  const made = isAll ? scores : where(seen(), scores, NEVER)
  const given = optional(call, 3)
  if (!given) return made
  const isTruth = isWhole(call, 3)
  const rest = given.shape.with(-1, columns - given.shape.at(-1)!)
  const isShort = rest.at(-1)! > 0
  const unseen = isShort && given.graph.constant(isTruth ? 0 : NEVER, rest)
  const mask = unseen ? concat([given, unseen], { axis: rest.length - 1 }) : given
  return isTruth ? where(mask, made, NEVER) : add(made, mask)
}

export const attentions: Readonly<Record<string, Operator>> = {
  Attention: attention,
}

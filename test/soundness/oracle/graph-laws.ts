// Laws of graphs that keep their value, and the least damages.

import { binary, constant, leafNames, type Tree, t, unary } from './draw/graph-trees.ts'
import type { Random } from './random.ts'

type Law = (random: Random, e: Tree) => Tree | undefined
const isOp = (e: Tree | undefined, ...ops: string[]): e is Tree =>
  e !== undefined && ops.includes(e.op)

export const laws: readonly Law[] = [
  (_, e) =>
    isOp(e, 'add', 'mul', 'maximum', 'minimum') ? { ...e, of: e.of.toReversed() } : undefined,
  (_, e) =>
    isOp(e, 'mul') && isOp(e.of[1], 'add', 'sub')
      ? t(e.of[1].op, t('mul', e.of[0]!, e.of[1].of[0]!), t('mul', e.of[0]!, e.of[1].of[1]!))
      : undefined,
  (_, e) =>
    isOp(e, 'matmul') && isOp(e.of[1], 'add', 'sub')
      ? t(e.of[1].op, t('matmul', e.of[0]!, e.of[1].of[0]!), t('matmul', e.of[0]!, e.of[1].of[1]!))
      : undefined,
  (_, e) =>
    isOp(e, 'matmul') && isOp(e.of[1], 'matmul')
      ? t('matmul', t('matmul', e.of[0]!, e.of[1].of[0]!), e.of[1].of[1]!)
      : undefined,
  (_, e) =>
    isOp(e, 'transpose') && isOp(e.of[0], 'matmul')
      ? t('matmul', t('transpose', e.of[0].of[1]!), t('transpose', e.of[0].of[0]!))
      : undefined,
  (_, e) => (isOp(e, 'square') ? t('mul', e.of[0]!, e.of[0]!) : undefined),
  (_, e) => (isOp(e, 'cube') ? t('mul', e.of[0]!, t('square', e.of[0]!)) : undefined),
  (_, e) => (isOp(e, 'sub') ? t('add', e.of[0]!, t('neg', e.of[1]!)) : undefined),
  (_, e) => t('neg', t('neg', e)),
  (_, e) => t('sub', t('add', e, t('x')), t('x')),
  (_, e) => t('mul', constant(2), t('mul', constant(0.5), e)),
  (_, e) => (isOp(e, 'relu') ? t('maximum', e.of[0]!, constant(0)) : undefined),
  (_, e) =>
    isOp(e, 'tanh')
      ? t('sub', t('mul', constant(2), t('sigmoid', t('mul', constant(2), e.of[0]!))), constant(1))
      : undefined,
  (_, e) =>
    isOp(e, 'exp') && isOp(e.of[0], 'add')
      ? t('mul', t('exp', e.of[0].of[0]!), t('exp', e.of[0].of[1]!))
      : undefined,
  (_, e) => (isOp(e, 'rot180') ? t('flip', { op: 'flip', of: e.of, k: 1 }) : undefined),
  (_, e) => (isOp(e, 'sum') ? t('sum', t('rows', e.of[0]!)) : undefined),
  (_, e) => (isOp(e, 'sum') ? t('sum', t('transpose', e.of[0]!)) : undefined),
  (_, e) => (isOp(e, 'div') ? t('mul', e.of[0]!, t('div', constant(1), e.of[1]!)) : undefined),
  (_, e) =>
    isOp(e, 'maximum') ? t('neg', t('minimum', t('neg', e.of[0]!), t('neg', e.of[1]!))) : undefined,
  (_, e) => (isOp(e, 'abs') ? t('maximum', e.of[0]!, t('neg', e.of[0]!)) : undefined),
]

export const damages: readonly Law[] = [
  (random, e) => (e.of.length === 2 ? { ...e, op: random.pick(binary) } : undefined),
  (random, e) =>
    e.of.length === 1 && unary.includes(e.op) ? { ...e, op: random.pick(unary) } : undefined,
  (_, e) => (e.of.length === 1 && unary.includes(e.op) ? e.of[0] : undefined),
  (_, e) => (isOp(e, 'sub', 'div', 'matmul') ? { ...e, of: e.of.toReversed() } : undefined),
  (random, e) => (leafNames.has(e.op) ? t(random.pick(['x', 'y', 'w'])) : undefined),
  (random, e) => (e.op === 'constant' ? constant(e.k! + random.pick([1, -1, 0.5])) : undefined),
  (_, e) => t('mul', constant(1 + 2 ** -40), e),
  (_, e) => t('mul', e, constant(0)),
]

export const somewhere = (random: Random, e: Tree, law: Law): Tree | undefined => {
  const own = () => law(random, e)
  if (e.of.length === 0 || random.chance(0.35)) {
    const changed = own()
    if (changed) return changed
  }
  const start = random.below(Math.max(1, e.of.length))
  for (const k of e.of.keys()) {
    const at = (start + k) % e.of.length
    const changed = somewhere(random, e.of[at]!, law)
    if (changed) return { ...e, of: e.of.with(at, changed) }
  }
  return own()
}

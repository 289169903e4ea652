// One random number written in two ways: with as few brackets as the language lets one, and with
// all of them. Both must be read as the same, and not as its neighbour with one bracket moved.
import { Graph, mul, type Node, sum } from '../../../../packages/graph/src/index.ts'
import { verify } from '../../../../packages/verify/src/verify.ts'
import { type Random, seededRandom } from '../random.ts'
import type { Judge } from './judged.ts'

type Tree =
  | { readonly kind: 'x'; readonly k: number }
  | { readonly kind: 'number'; readonly k: number }
  | { readonly kind: 'power'; readonly of: Tree; readonly k: number }
  | { readonly kind: 'minus'; readonly of: Tree }
  | { readonly kind: '·' | '/' | '+' | '-'; readonly left: Tree; readonly right: Tree }

const tree = (random: Random, depth: number): Tree => {
  if (depth === 0 || random.chance(0.2))
    return random.chance(0.8)
      ? { kind: 'x', k: 1 + random.below(3) }
      : { kind: 'number', k: 1 + random.below(4) }
  const inner = () => tree(random, depth - 1)
  const kind = random.pick(['·', '·', '·', '/', '+', '-', 'power', 'minus'] as const)
  if (kind === 'power') return { kind, of: inner(), k: 2 }
  if (kind === 'minus') return { kind, of: inner() }
  if (kind === '/')
    return { kind, left: inner(), right: { kind: 'number', k: 2 + random.below(2) } }
  return { kind, left: inner(), right: inner() }
}

/** Every operation in brackets, every product with its dot. */
const full = (e: Tree): string => {
  if (e.kind === 'x') return `x_${e.k}`
  if (e.kind === 'number') return `${e.k}`
  if (e.kind === 'power') return `(${full(e.of)} · ${full(e.of)})`
  if (e.kind === 'minus') return `(0 - ${full(e.of)})`
  return `(${full(e.left)} ${e.kind} ${full(e.right)})`
}

const value = (e: Tree, x: readonly number[]): number => {
  if (e.kind === 'x') return x[e.k - 1]!
  if (e.kind === 'number') return e.k
  if (e.kind === 'power') return value(e.of, x) ** e.k
  if (e.kind === 'minus') return -value(e.of, x)
  const [a, b] = [value(e.left, x), value(e.right, x)]
  return { '·': a * b, '/': a / b, '+': a + b, '-': a - b }[e.kind]
}

const levels = { '+': 1, '-': 1, minus: 1, '/': 2, '·': 3, power: 4, x: 5, number: 5 } as const

/** Brackets where a looser operation stands in a tighter one, and sometimes elsewhere. */
const sparse = (random: Random, e: Tree): string => {
  const at = (part: Tree, least: number): string => {
    const text = sparse(random, part)
    return levels[part.kind] < least || random.chance(0.15) ? `(${text})` : text
  }
  switch (e.kind) {
    case 'x':
      return `x_${e.k}`
    case 'number':
      return `${e.k}`
    case 'power':
      return e.of.kind === 'number' || e.of.kind === 'power'
        ? `(${sparse(random, e.of)})^${e.k}`
        : `${at(e.of, 5)}^${e.k}`
    case 'minus':
      return `-${at(e.of, 2)}`
    case '·': {
      const [left, right] = [at(e.left, 3), at(e.right, 4)]
      return /^\d/.test(right) || random.chance(0.2) ? `${left} · ${right}` : `${left} ${right}`
    }
    case '/':
      return `${at(e.left, 2)} / ${at(e.right, 4)}`
    default: {
      const right = at(e.right, 2)
      return `${at(e.left, 1)} ${e.kind} ${right.startsWith('-') ? `(${right})` : right}`
    }
  }
}

/** A neighbour: two operations with their operands taken the other way round the bracket. */
const moved = (random: Random, e: Tree): Tree => {
  if (e.kind === 'x' || e.kind === 'number') return e
  if (e.kind === 'power')
    return e.of.kind === '·' && random.chance(0.6)
      ? { ...e.of, right: { kind: 'power', of: e.of.right, k: e.k } }
      : { ...e, of: moved(random, e.of) }
  if (e.kind === 'minus') return { ...e, of: moved(random, e.of) }
  if (e.left.kind === '+' && e.kind === '·' && random.chance(0.6))
    return {
      kind: '+',
      left: e.left.left,
      right: { kind: '·', left: e.left.right, right: e.right },
    }
  return random.chance(0.5)
    ? { ...e, left: moved(random, e.left) }
    : { ...e, right: moved(random, e.right) }
}

const network = (): Node => {
  const g = new Graph()
  return sum(mul(g.input('x_i', [3]), g.input('y_i', [3]))).as('C')
}

export const judgeBrackets: Judge = (seed) => {
  const random = seededRandom(seed)
  const e = tree(random, 4)
  const other = random.chance(0.5) ? e : moved(random, e)
  const claim = `${sparse(random, e)} = ${full(other)}`
  // Of whole numbers four points in two hundred have a 0 or a 1 where it hides what differs.
  const points = Array.from({ length: 8 }, () =>
    Array.from({ length: 3 }, () => (random.below(4001) - 2000.37) / 500),
  )
  const isTrue = points.every((x) => {
    const [a, b] = [value(e, x), value(other, x)]
    return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))
  })
  const { kind } = verify(network(), claim, { deadline: 2000 })
  const isAffirmed = kind === 'proved' || kind === 'agrees'
  const wrong = (() => {
    if (isAffirmed && !isTrue) return `${kind}, and false`
    return isTrue && (kind === 'refuted' || kind === 'ill-formed') ? `${kind}, and true` : undefined
  })()
  return { shown: claim, outcome: `${isTrue} → ${kind}`, wrong }
}

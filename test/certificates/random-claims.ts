// Random claims that the checker reads: an expression, and the same with one part changed; or a sum
// over what a reflection of its letter turns around, which is 0 only for what is the same for all.
import type {
  PlainAxis,
  PlainClaim,
  PlainIndex,
  PlainNode,
  PlainPolynomial,
  PlainScalar,
} from '../../packages/verify/src/certificate/grammar.ts'
import {
  ofIndices,
  ofValues,
  power,
  summedWhere,
} from '../../packages/verify/src/certify/plain-build.ts'
import type { Random } from '../../packages/verify/src/index-terms/fixtures/random.fixture.ts'

const [N, M] = [1, 2]
const length = (...parts: readonly [number, ...number[]][]): PlainPolynomial =>
  parts.map(([c, ...variables]) => ({ coefficient: `${c}`, variables }))
const whole = (...parts: readonly [number, ...number[]][]): PlainIndex => {
  return { kind: 'length', of: length(...parts) }
}
const [n, m, twice] = [length([1, N]), length([1, M]), length([2, N])]
const at = (letter: number): PlainIndex => ({ kind: 'letter', letter })
const plus = (...terms: PlainIndex[]): PlainIndex => ({ kind: 'plus', terms })
const times = (...factors: PlainIndex[]): PlainIndex => ({ kind: 'times', factors })
const number = (value: number): PlainScalar => ({ kind: 'number', value: [`${value}`, '1'] })
const product = (...factors: PlainScalar[]): PlainScalar => ({ kind: 'product', factors })
const read = (node: number, ...index: PlainIndex[]): PlainScalar => {
  return { kind: 'read', from: { kind: 'node', node }, at: index }
}
const reduce = (over: PlainAxis[], ...factors: PlainScalar[]): PlainScalar => {
  return { kind: 'reduce', over, body: product(...factors) }
}
/** max_u s, whose letters are others among those that compete. */
const contest = (
  by: 'max' | 'min',
  [u, v]: readonly [number, number],
  length: PlainAxis['length'],
  body: (letter: number) => PlainScalar,
): PlainScalar => {
  const over = (letter: number): PlainAxis[] => [{ letter, ...(length && { length }) }]
  return summedWhere(over(u), [body(u)], { by, over: over(v), body: body(v) })
}

/** x_{2k−2+u} of an x of 2n entries: cell u of window k. */
const cell = (k: PlainIndex, u: number): PlainScalar =>
  read(3, plus(times(whole([2]), k), at(u), whole([-2])))
const line = (shape: PlainPolynomial[], body: PlainScalar): Pick<PlainNode, 'shape' | 'line'> => ({
  shape,
  line: { axes: shape.map((side, k) => ({ length: side, letter: -1 - k })), body },
})
const entry = at(-1)
const nodes: readonly PlainNode[] = [
  { name: 'x', shape: [n] },
  { name: 'y', shape: [n] },
  { name: 'A', shape: [n, m] },
  { name: 'w', shape: [twice] },
  {
    name: 'q',
    ...line(
      [n],
      contest('max', [-2, -3], whole([2]), (u) => cell(entry, u)),
    ),
  },
  { name: 'e', ...line([n], { kind: 'apply', f: 'exp', order: 0, to: read(0, entry) }) },
  {
    name: 's',
    ...line([], reduce([{ letter: -1, length: whole([1, N]) }], read(5, entry))),
  },
  {
    name: 'C',
    ...line(
      [],
      reduce(
        [{ letter: -1, length: whole([1, N]) }],
        product(read(5, entry), power(read(6), -1n), read(1, entry), read(4, entry)),
      ),
    ),
  },
]
const vectors = [0, 1, 3, 4, 5]
const relations = ['=', '≠', '>', '≥'] as const
const functions = ['exp', 'log', '√', 'tanh', 'sigmoid', 'relu', 'abs', 'sin', 'cos', '1/', 'any']
const exponents = [-1n, 2n, -2n]

/** An index with another letter in the place of one. */
const renamed = (e: PlainIndex, letter: number, other: number): PlainIndex =>
  JSON.parse(JSON.stringify(e), (key, each) => (key === 'letter' && each === letter ? other : each))

/** Letters in force. */
type Scope = readonly number[]

const indexKinds = ['length', 'letter', 'plus', 'times', 'floor']

export const createClaims = (random: Random) => {
  let made = 10
  const one = <T>(makers: readonly (() => T)[]): T => random.pick(makers)()

  const index = (scope: Scope): PlainIndex => {
    if (scope.length === 0) return random.pick([whole([1]), whole([1, N])])
    const letter = at(random.pick(scope))
    return one([
      () => letter,
      () => letter,
      () => letter,
      () => plus(letter, whole([random.pick([-1, 1])])),
      () => plus(whole([1, N], [1]), times(whole([-1]), letter)),
      () => ({ kind: 'floor', above: plus(letter, whole([1])), below: whole([2]) }),
      () => plus(times(whole([2]), letter), whole([-1])),
      () => plus(letter, at(random.pick(scope))),
      () => whole([1]),
    ])
  }
  const axis = (scope: Scope): PlainAxis => {
    const letter = made++
    const lengths = [whole([1, N]), whole([1, N]), whole([1, M]), whole([2]), whole([2, N])]
    if (scope.length > 0 && random.chance(0.2)) return { letter, length: at(random.pick(scope)) }
    return random.chance(0.1) ? { letter } : { letter, length: random.pick(lengths) }
  }
  const guard = (depth: number, scope: Scope): PlainScalar => {
    const relation = random.pick(relations)
    const least = () => ofIndices[relation](index(scope), index(scope))
    if (depth <= 0) return least()
    const u = made++
    return one<PlainScalar>([
      least,
      () => ofValues[relation](scalar(depth - 1, scope), number(0)),
      () => ofValues['='](read(3, index(scope)), read(4, index(scope))),
      () => ({
        kind: 'winner',
        at: [index(scope)],
        by: random.pick(['max', 'min']),
        over: [{ letter: u, length: whole([2]) }],
        body: cell(index(scope), u),
      }),
    ])
  }
  const leaf = (scope: Scope): PlainScalar =>
    one([
      () => read(random.pick(vectors), index(scope)),
      () => read(random.pick(vectors), index(scope)),
      () => read(2, index(scope), index(scope)),
      () => read(6),
      () => number(random.pick([0, 1, 2, -1])),
    ])
  const scalar = (depth: number, scope: Scope): PlainScalar => {
    if (depth <= 0) return leaf(scope)
    const inner = (more: readonly number[] = []) => scalar(depth - 1, [...scope, ...more])
    return one<PlainScalar>([
      () => leaf(scope),
      () => ({ kind: 'sum', terms: [inner(), inner()] }),
      () => product(inner(), inner()),
      () => product(inner(), inner()),
      () => power(inner(), random.pick(exponents)),
      () => ({ kind: 'apply', f: random.pick(functions), order: random.below(2), to: inner() }),
      () => {
        const own = axis(scope)
        const letters = [...scope, own.letter]
        const when = random.chance(0.3) ? [guard(depth - 1, letters)] : []
        return reduce([own], inner([own.letter]), ...when)
      },
      () => {
        const { letter, length } = axis(scope)
        const at = index([...scope, letter])
        const array = random.pick(vectors)
        const among = (u: number) => read(array, renamed(at, letter, u))
        return contest(random.pick(['max', 'min']), [letter, made++], length, among)
      },
      () => guard(depth - 1, scope),
      () => {
        const letter = made++
        const table = { axes: [{ length: n, letter }], body: inner([letter]) }
        return { kind: 'read', from: { kind: 'table', ...table }, at: [index(scope)] }
      },
      () => ({
        kind: 'read',
        from: { kind: 'adjoint', node: random.pick(vectors) },
        at: [index(scope)],
      }),
      () => ({
        kind: 'read',
        from: { kind: 'jacobian', of: 5, by: 0 },
        at: [index(scope), index(scope)],
      }),
    ])
  }

  /** A part replaced by another of its kind, anywhere below. */
  const changed = <T extends object>(part: T, scope: Scope): T => {
    const {
      kind,
      over = [],
      axes = [],
    } = part as {
      readonly kind?: string
      readonly over?: readonly PlainAxis[]
      readonly axes?: readonly PlainAxis[]
    }
    const inner = [...scope, ...[...over, ...axes].map(({ letter }) => letter)]
    const entries = Object.entries(part).filter(([key, each]) => {
      return key !== 'axes' && typeof each === 'object' && each !== null
    })
    const isHere = entries.length === 0 || random.chance(0.3)
    if (isHere && indexKinds.includes(kind ?? '')) return index(scope) as T
    if (isHere && 'relation' in part) return { ...part, relation: random.pick(['=', '≥']) }
    if (isHere && kind === 'apply') return { ...part, f: random.pick(functions) }
    if (isHere && kind === 'winner') return { ...part, by: random.pick(['max', 'min']) }
    if (isHere && kind === 'read') return leaf(scope) as T
    if (entries.length === 0) return part
    const [key, each] = random.pick(entries)
    const below = changed(each as object, ['over', 'at'].includes(key) ? scope : inner)
    if (Array.isArray(part)) return part.with(Number(key), below) as T
    return { ...part, [key]: below }
  }

  const reflected = (k: number): PlainScalar => {
    const back = plus(whole([1, N], [1]), times(whole([-1]), at(k)))
    return { kind: 'sum', terms: [read(1, at(k)), product(number(-1), read(1, back))] }
  }
  const sides = (): readonly [PlainScalar, PlainScalar] => {
    const [i, k] = [7, 8]
    if (random.chance(0.5)) {
      const left = scalar(3, [i])
      return [left, changed(left, [i])]
    }
    const body = product(reflected(k), scalar(2, [k]))
    return [reduce([{ letter: k, length: whole([1, N]) }], body), number(0)]
  }
  return (): PlainClaim => {
    made = 10
    const [left, right] = sides()
    return {
      lengths: [
        { id: N, kind: 'size', name: 'n' },
        { id: M, kind: 'size', name: 'm' },
      ],
      constraints: [],
      nodes,
      cost: nodes.length - 1,
      equations: [{ letters: [{ letter: 7, name: 'i', within: [n] }], left, right }],
      given: [],
      excluded: ['poles', 'ties', 'kinks'],
    }
  }
}

// Claims about vectors whose lengths nothing links, as data: read, evaluated and written without
// the verifier. What is outside of an array is 0, and a function of it f(0).

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** array_{letter + shift} */
  | Read
  | { readonly kind: 'apply'; readonly f: Name; readonly to: Expression }
  | { readonly kind: 'product' | 'sum'; readonly parts: readonly Expression[] }
  | { readonly kind: 'minus'; readonly part: Expression }
  | { readonly kind: 'quotient'; readonly above: Expression; readonly below: Expression }
  | { readonly kind: 'total'; readonly letter: string; readonly body: Expression }
  | { readonly kind: 'positive'; readonly part: Expression }
  | { readonly kind: 'within'; readonly letter: string; readonly most: number }

export interface Read {
  readonly kind: 'read'
  readonly array: string
  readonly letter: string
  readonly shift: number
}

export type Name = keyof typeof functions
export const functions = {
  σ: (x: number) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  exp: Math.exp,
  relu: (x: number) => Math.max(0, x),
  // Where it is not a number, nothing is claimed: not even 0 e^{log 0} = 0.
  log: (v: number) => (v > 0 ? Math.log(v) : Number.NaN),
  '√': Math.sqrt,
}
const vanishes: ReadonlySet<Name> = new Set<Name>(['tanh', 'relu', '√'])

export type Arrays = Readonly<Record<string, readonly number[]>>

/** How a sum without a range ends. */
export type Ending = 'support' | 'axis'

export const childrenOf = (e: Expression): readonly Expression[] => {
  switch (e.kind) {
    case 'apply':
      return [e.to]
    case 'product':
    case 'sum':
      return e.parts
    case 'minus':
    case 'positive':
      return [e.part]
    case 'quotient':
      return [e.above, e.below]
    case 'total':
      return [e.body]
    default:
      return []
  }
}

/** Bare reads by a letter, and whether the whole is 0 where they are outside. */
export const bareReads = (
  e: Expression,
  letter: string,
  decides = true,
): readonly (readonly [array: string, decides: boolean])[] => {
  if (e.kind === 'read') return e.letter === letter && e.shift === 0 ? [[e.array, decides]] : []
  if (e.kind === 'total' && e.letter === letter) return []
  if (e.kind === 'apply') return bareReads(e.to, letter, decides && vanishes.has(e.f))
  if (e.kind === 'quotient')
    return [...bareReads(e.above, letter, decides), ...bareReads(e.below, letter, false)]
  if (e.kind !== 'sum') return childrenOf(e).flatMap((part) => bareReads(part, letter, decides))
  // What is times 0 says nothing of where a sum ends, unless there is nothing else.
  const telling = e.parts.some((part) => !isTimesZero(part))
    ? e.parts.filter((part) => !isTimesZero(part))
    : e.parts
  const everyTerm = telling.every((part) => mentions(part, letter))
  return e.parts.flatMap((part) =>
    telling.includes(part)
      ? bareReads(part, letter, decides && everyTerm)
      : bareReads(part, letter).map(([array]) => [array, true] as const),
  )
}

const isTimesZero = (e: Expression): boolean => {
  switch (e.kind) {
    case 'number':
      return e.value === 0
    case 'product':
      return e.parts.some(isTimesZero)
    case 'sum':
      return e.parts.every(isTimesZero)
    case 'minus':
      return isTimesZero(e.part)
    case 'quotient':
      return isTimesZero(e.above)
    case 'apply':
      return vanishes.has(e.f) && isTimesZero(e.to)
    case 'total':
      return isTimesZero(e.body)
    default:
      return false
  }
}

const mentions = (e: Expression, letter: string): boolean =>
  ((e.kind === 'read' || e.kind === 'within') && e.letter === letter) ||
  childrenOf(e).some((part) => mentions(part, letter))

const isInside = ({ array, letter, shift }: Read, at: Letters, arrays: Arrays): boolean => {
  const index = at.get(letter)! + shift
  return index >= 1 && index <= arrays[array]!.length
}

type Letters = ReadonlyMap<string, number>

/** Whether the written form lets it be other than 0. */
const maySupport = (e: Expression, at: Letters, arrays: Arrays): boolean => {
  const may = (part: Expression): boolean => maySupport(part, at, arrays)
  switch (e.kind) {
    case 'number':
      return e.value !== 0
    case 'read':
      return isInside(e, at, arrays)
    case 'apply':
      return !vanishes.has(e.f) || may(e.to)
    case 'product':
      return e.parts.every(may)
    case 'sum':
      return e.parts.some(may)
    case 'quotient':
      return may(e.above)
    case 'minus':
    case 'positive':
      return may(e.part)
    case 'within':
      return at.get(e.letter)! <= e.most
    case 'total':
      return true
  }
}

/** A sum of which nobody can say where it ends. */
export class Unclear extends Error {}

const far = 40

/** The values of the letter of a sum. */
const valuesOf = (
  { letter, body }: Extract<Expression, { kind: 'total' }>,
  at: Letters,
  arrays: Arrays,
  ending: Ending,
): number[] => {
  const may = (k: number) => maySupport(body, new Map(at).set(letter, k), arrays)
  const isEndless = may(-far) || may(far)
  const named = bareReads(body, letter).filter(([, decides]) => !decides)
  const lengths = [...new Set(named.map(([array]) => arrays[array]!.length))]
  const shortest = Math.min(...lengths, far)
  const isNamed = (k: number) => k >= 1 && k <= shortest
  if (isEndless && lengths.length !== 1) throw new Unclear('a sum without an end')
  const all = Array.from({ length: 2 * far + 1 }, (_, k) => k - far)
  const support = all.filter((k) => (isEndless ? isNamed(k) : true) && may(k))
  return ending === 'axis' && lengths.length > 0 ? support.filter(isNamed) : support
}

export const valueAt = (e: Expression, at: Letters, arrays: Arrays, ending: Ending): number => {
  const of = (part: Expression): number => valueAt(part, at, arrays, ending)
  switch (e.kind) {
    case 'number':
      return e.value
    case 'read':
      return isInside(e, at, arrays) ? arrays[e.array]![at.get(e.letter)! + e.shift - 1]! : 0
    case 'apply':
      return functions[e.f](of(e.to))
    case 'product': {
      // [x > 0]/x asks nothing where the bracket is 0.
      const brackets = e.parts.map(alone).filter(isBracket)
      if (brackets.some((bracket) => of(bracket) === 0)) return 0
      return e.parts.reduce((product, part) => product * of(part), 1)
    }
    case 'sum':
      return e.parts.reduce((sum, part) => sum + of(part), 0)
    case 'minus':
      return -of(e.part)
    case 'quotient': {
      const below = of(e.below)
      return below === 0 ? Number.NaN : of(e.above) / below
    }
    case 'positive':
      return sign(of(e.part))
    case 'within':
      return at.get(e.letter)! <= e.most ? 1 : 0
    case 'total':
      return valuesOf(e, at, arrays, ending).reduce(
        (sum, k) => sum + valueAt(e.body, new Map(at).set(e.letter, k), arrays, ending),
        0,
      )
  }
}

/** A product of one factor is the factor. */
const alone = (e: Expression): Expression =>
  e.kind === 'product' && e.parts.length === 1 ? alone(e.parts[0]!) : e

const isBracket = ({ kind }: Expression): boolean => kind === 'positive' || kind === 'within'

const sign = (value: number): number => (Number.isNaN(value) ? value : value > 0 ? 1 : 0)

const shifted = (letter: string, shift: number): string =>
  shift === 0 ? letter : `${letter}${shift < 0 ? '-' : '+'}${Math.abs(shift)}`

/** In brackets wherever another reader could take it apart otherwise. */
export const written = (e: Expression): string => {
  switch (e.kind) {
    case 'number':
      return `${e.value}`
    case 'read':
      return `${e.array}_{${shifted(e.letter, e.shift)}}`
    case 'apply':
      return e.f === '√' ? `√(${written(e.to)})` : `${e.f}(${written(e.to)})`
    case 'product':
      return e.parts.map(inBrackets).join(' ')
    case 'sum':
      return e.parts.map(inBrackets).join(' + ')
    case 'minus':
      return `-${inBrackets(e.part)}`
    case 'quotient':
      return `${inBrackets(e.above)}/${inBrackets(e.below)}`
    case 'positive':
      return `[${written(e.part)} > 0]`
    case 'within':
      return `[${e.letter} ≤ ${e.most}]`
    case 'total':
      return `Σ_${e.letter} ${inBrackets(e.body)}`
  }
}

const inBrackets = (e: Expression): string =>
  ['number', 'read', 'apply', 'positive', 'within'].includes(e.kind)
    ? written(e)
    : `(${written(e)})`

// A scalar of the core as a person reads it. Arrays that somebody wrote are put in the place of
// their reads, with their box where an index may leave it.

import type { Node } from '@backprove/graph'
import { withoutSign } from '../core/build.ts'
import type { Axis, FunctionRef, Guard, Index, Scalar, Table } from '../core/core.ts'
import {
  atom,
  type Ends,
  ends,
  isSum,
  type Linear,
  lengthIn,
  linearOf,
  type Spelled,
  spellLinear,
} from './indices.ts'
import { spellNamed } from './sources.ts'

export interface Reading extends Spelled {
  /** Spellings that are taken. */
  readonly taken: ReadonlySet<string>
  readonly cost: Node
}

/** How tightly a spelling binds; what is looser stands in parentheses. */
type Level = 1 | 2 | 3 | 4
const [SUM, PRODUCT, POWER, ATOM] = [1, 2, 3, 4] as const

interface Printed {
  readonly spelling: string
  readonly level: Level
  /** A Σ or an extremum, whose body runs on to the right. */
  readonly isOpen?: boolean
}

const printed = (spelling: string, level: Level, isOpen = false): Printed => ({
  spelling,
  level,
  isOpen,
})

const atLeast = (level: Level, { spelling, level: own }: Printed, { style }: Reading): string =>
  own < level ? style.parentheses(spelling) : spelling

/** A letter of its own for each that is bound: i, i′, i″. */
export const entered = <R extends Reading>(
  letters: readonly {
    readonly letter: Axis['letter']
    /** Its own one, where nothing is said. */
    readonly name?: string
    readonly low: Ends
    readonly high: Ends
  }[],
  reading: R,
): R => {
  const [values, taken] = [new Map(reading.values), new Set(reading.taken)]
  for (const { letter, name: wanted = letter.name, low, high } of letters) {
    let name = wanted
    while (taken.has(name)) name += "'"
    taken.add(name)
    values.set(letter, atom(name, low, high))
  }
  return { ...reading, values, taken }
}

const spellIndex = (index: Index, reading: Reading): string => spellLinear(linearOf(index, reading))

/** The body of a table at an index, and the conditions under which the index is in its box. */
const inTable = ({ axes, body }: Table, at: readonly Linear[], reading: Reading): Printed => {
  const { style } = reading
  const values = new Map(reading.values)
  const outside = axes.flatMap(({ letter, length }, axis): string[] => {
    const index = at[axis]!
    const last = lengthIn(length, reading)
    values.set(letter, index)
    const isInside = last.low.every((end, k) => index.low[k]! >= 1 && index.high[k]! <= end)
    return isInside ? [] : [style.range('1', spellLinear(index), spellLinear(last))]
  })
  const inner = { ...reading, values }
  if (outside.length === 0) return print(body, inner)
  const factor = atLeast(PRODUCT, print(body, inner), reading)
  return printed(`${style.brackets(outside.join(', '))}${style.dot}${factor}`, PRODUCT)
}

// ---- scalars

const functionName = (f: FunctionRef): string => (f.kind === 'activation' ? f.of.name : f.name)

const spellNumber = ({ numerator, denominator }: { numerator: bigint; denominator: bigint }) =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`

const spellAxes = (over: readonly Axis[], outer: Reading, inner: Reading): readonly string[] =>
  over.map(({ letter, from, to }) => {
    const name = spellLinear(inner.values.get(letter)!)
    if (!from || !to) return name
    return outer.style.range(spellIndex(from, outer), name, spellIndex(to, outer))
  })

const bound = (over: readonly Axis[], reading: Reading): Reading =>
  entered(
    over.map(({ letter, from, to }) => ({
      letter,
      low: from ? linearOf(from, reading).low : ends(-Infinity, reading.unknowns),
      high: to ? linearOf(to, reading).high : ends(Infinity, reading.unknowns),
    })),
    reading,
  )

const reduce = (s: Extract<Scalar, { kind: 'reduce' }>, reading: Reading): Printed => {
  const { style } = reading
  const inner = bound(s.over, reading)
  const guards = s.when.map((guard) => spellGuard(guard, inner))
  const body = print(s.body, inner)
  const factor = atLeast(PRODUCT, body, reading)
  const guarded =
    guards.length > 0 ? `${style.brackets(guards.join(', '))}${style.dot}${factor}` : factor
  if (s.by !== 'sum') {
    const by = s.by === 'lomed' || s.by === 'himed' ? 'med' : s.by
    return printed(
      style.over(by, spellAxes(s.over, reading, inner).join(', ')) + guarded,
      PRODUCT,
      true,
    )
  }
  const signs = s.over.map(({ letter, from, to }) => {
    const name = spellLinear(inner.values.get(letter)!)
    const first = from ? `${name}=${spellIndex(from, reading)}` : name
    return style.over('Σ', first, to && spellIndex(to, reading))
  })
  return printed(signs.join('') + guarded, PRODUCT, true)
}

const spellGuard = (guard: Guard, reading: Reading): string => {
  const { style } = reading
  switch (guard.kind) {
    case 'indices':
      return `${spellIndex(guard.left, reading)} ${style.relation(guard.relation)} ${spellIndex(guard.right, reading)}`
    case 'values':
      return `${print(guard.left, reading).spelling} ${style.relation(guard.relation)} ${print(guard.right, reading).spelling}`
    case 'winner': {
      const inner = bound(guard.over, reading)
      const limits = (guard.when ?? []).map((each) => spellGuard(each, inner))
      const under = [...spellAxes(guard.over, reading, inner), ...limits].join(', ')
      const body = print(guard.body, inner).spelling
      const by = guard.by === 'lomed' || guard.by === 'himed' ? 'med' : guard.by
      const at = guard.at.map((index) => linearOf(index, reading))
      if (!guard.isShared) {
        return `${at.map(spellLinear).join(', ')} = ${style.over(by, under).replace(/^\S+?(?=_)/, style.argmax(by))}${body}`
      }
      const values = new Map(reading.values)
      guard.over.forEach(({ letter }, k) => {
        values.set(letter, at[k]!)
      })
      const own = print(guard.body, { ...reading, values }).spelling
      return `${own} = ${style.over(by, under)}${body}`
    }
  }
}

const sum = (terms: readonly Scalar[], reading: Reading): Printed => {
  const spelling = terms
    .map((term, k) => {
      const positive = withoutSign(term)
      const part = print(positive ?? term, reading)
      const isLast = k === terms.length - 1
      const spelled =
        part.level <= SUM || (part.isOpen && !isLast)
          ? reading.style.parentheses(part.spelling)
          : part.spelling
      if (k === 0) return positive ? `-${spelled}` : spelled
      if (part.spelling.startsWith('-') && term.kind === 'number')
        return `${reading.style.minus}${part.spelling.slice(1)}`
      return `${positive ? reading.style.minus : ' + '}${spelled}`
    })
    .join('')
  return printed(spelling, SUM)
}

const product = (factors: readonly Scalar[], reading: Reading): Printed => {
  const { style } = reading
  if (factors.length === 0) return printed('1', ATOM)
  const parts = factors.map((factor) => print(factor, reading))
  const spelled = parts.map((part, k) => {
    const isLast = k === parts.length - 1
    // a/b c would be read as a/(b c), and a/b Σ c is not.
    const isLoose =
      factors[k]!.kind === 'quotient' &&
      part.level === PRODUCT &&
      !isLast &&
      !/^[Σ∂]/u.test(parts[k + 1]!.spelling)
    const isOpen = isLoose || (part.isOpen && !isLast)
    const isTight = part.level >= PRODUCT && !isOpen && !part.spelling.startsWith('-')
    return isTight ? part.spelling : style.parentheses(part.spelling)
  })
  return printed(spelled.join(style.dot), PRODUCT, parts.at(-1)!.isOpen === true)
}

export const print = (s: Scalar, reading: Reading): Printed => {
  const { style } = reading
  switch (s.kind) {
    case 'number':
      return printed(spellNumber(s.value), s.value.denominator === 1n ? ATOM : PRODUCT)
    case 'size': {
      const index = linearOf(s.of, reading)
      return printed(spellLinear(index), isSum(index) ? SUM : ATOM)
    }
    case 'read': {
      const at = s.at.map((index) => linearOf(index, reading))
      return s.from.kind === 'table'
        ? inTable(s.from, at, reading)
        : printed(spellNamed(s.from, at.map(spellLinear), reading), ATOM)
    }
    case 'sum':
      return sum(s.terms, reading)
    case 'product': {
      const positive = withoutSign(s)
      if (!positive) return product(s.factors, reading)
      return printed(`-${atLeast(PRODUCT, print(positive, reading), reading)}`, SUM)
    }
    case 'quotient': {
      const [above, below] = [print(s.above, reading), print(s.below, reading)]
      if (style.dots !== '…') return printed(style.fraction(above.spelling, below.spelling), ATOM)
      return printed(
        style.fraction(atLeast(POWER, above, reading), atLeast(POWER, below, reading)),
        PRODUCT,
      )
    }
    case 'power': {
      const base = print(s.base, reading)
      // A second superscript is none: (a^2_{i})^{2}.
      const isRaised = s.base.kind === 'read' && base.spelling.includes('^')
      const spelling = isRaised ? style.parentheses(base.spelling) : atLeast(ATOM, base, reading)
      return printed(style.power(spelling, print(s.exponent, reading).spelling), POWER)
    }
    case 'apply': {
      const operands = s.to.map((each) => print(each, reading).spelling)
      const name = functionName(s.f)
      if (name === 'exp' && s.order === 0) return printed(style.power('e', operands[0]!), POWER)
      return printed(style.call(name, "'".repeat(s.order), operands), ATOM)
    }
    case 'reduce':
      return reduce(s, reading)
    case 'guard':
      return printed(
        style.brackets(s.guards.map((guard) => spellGuard(guard, reading)).join(', ')),
        ATOM,
      )
  }
}

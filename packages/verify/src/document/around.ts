// Conditions that stand in prose beside their formula, and those that may be meant.
import { isLed, isOtherwise, isRestricted, isTrailing, type Sense, senseOf } from './led.ts'
import type { Piece } from './scan.ts'

/** What prose says of one formula. */
export interface Around {
  /** Its conditions. */
  readonly under: readonly string[]
  /** Its range, or what has a value: it is meant where the formula is not true without. */
  readonly given: readonly string[]
  /** Conditions near it, which it may be meant under. */
  readonly near: readonly string[]
  /** It is said to hold under something that cannot be written. */
  readonly unread?: true
}

const compares = /\\(?:neq?|leq?|geq?|lt|gt)(?![a-zA-Z])|[≠≤≥<>=]/g
const opposites: ReadonlyMap<string, string> = new Map([
  ...(['\\ne', '\\neq', '≠'] as const).map((sign) => [sign, '='] as const),
  ...(['\\le', '\\leq', '≤'] as const).map((sign) => [sign, '>'] as const),
  ...(['\\ge', '\\geq', '≥'] as const).map((sign) => [sign, '<'] as const),
  ...(['\\lt', '<'] as const).map((sign) => [sign, '≥'] as const),
  ...(['\\gt', '>'] as const).map((sign) => [sign, '≤'] as const),
  ['=', '≠'],
])

const isOfIndices = /^\s*[a-zA-Z]\s*=\s*(?:[a-zA-Z](?:\s*[-+]\s*\d)?|\d+)\s*$/
const isOfLetters = /^\s*(?:[a-zA-Z]\s*=\s*[a-zA-Z]|[i-nst]\s*=)/
const isValue = /^[^=+*/&]{1,30}=\s*-?\d+(?:\.\d+)?\s*$/
const isRange = /^\s*[a-zA-Z](?:\s*,\s*[a-zA-Z])?\s*=[^=]*(?:…|\\[lc]?dots)[^=]*$/

/** i ≠ j, z_i > 0, i = j, b = 0, t = 1, …, T, and no z = W x. */
const isCondition = ({ kind, source, text }: Piece): boolean => {
  if (kind !== 'formula' || source !== 'inline' || text.length > 60) return false
  const signs: readonly string[] = text.match(compares) ?? []
  if (/\\(?:begin|frac|partial|approx)|∂|[≪≫]|\\[lg]g/.test(text)) return false
  return signs.includes('=')
    ? isOfIndices.test(text) || isValue.test(text) || isRange.test(text)
    : signs.length > 0
}

/** z ≤ 0 of z > 0; of y = 1 nobody knows what else it may be. */
const opposite = (text: string): string | undefined => {
  const [sign, ...others] = text.match(compares) ?? []
  if (!sign || others.length > 0 || (sign === '=' && !isOfLetters.test(text))) return undefined
  return text.replace(sign, ` ${opposites.get(sign)} `)
}

const relates =
  /[=<>≤≥≠≡∝←]|\\(?:neq?|leq?|geq?|equiv|approx|sim|propto|leftarrow|gets|coloneqq|triangleq)(?![a-z])/

const joins = (text: string): boolean =>
  text.length < 40 && /^[\s,，、]*(?:and|且|和|与)?\s*$/.test(text)
const stops =
  /[.。;；]|\n\s*\n(?!\s*$)|\b(?:in general|always|otherwise|else|instead)\b|一般|总是|否则/i

/** Conditions side by side, and what is said of them. */
interface Said {
  readonly from: number
  readonly to: number
  readonly texts: readonly string[]
  readonly sense: Sense | undefined
}

/** For each formula by its position, and the positions of what is said as a condition alone. */
export const saidAround = (markdown: string, all: readonly Piece[]) => {
  const places = all.flatMap(({ kind, source, text }, at) =>
    kind === 'network' || (kind === 'formula' && (source !== 'inline' || relates.test(text)))
      ? [at]
      : [],
  )
  const pieces = places.map((at) => all[at]!)
  const around = new Map<number, Around>()
  const conditions = new Map<number, Sense | undefined>()
  const isFormula = (at: number) => pieces[at]?.kind === 'formula' && !isCondition(pieces[at]!)
  /** The prose between a formula and the next, or around the first and the last. */
  const between = (at: number): string => {
    const [before, next] = [pieces[at], pieces[at + 1]]
    const from = before ? before.start + before.text.length : 0
    const text = markdown.slice(from, next?.start ?? from + 80)
    return text.replace(/^(?:`?\$\$?|\\\\?[\])])/, '').replace(/(?:\$\$?`?|\\\\?[[(])$/, '')
  }
  const add = (at: number, more: Partial<Around>): void => {
    const known = around.get(at) ?? { under: [], given: [], near: [] }
    const lists = (['under', 'given', 'near'] as const).map((each) => [
      each,
      [...known[each], ...(more[each] ?? [])],
    ])
    around.set(at, { ...known, ...more, ...Object.fromEntries(lists) })
  }
  /** A condition that goes with a formula for certain. */
  const attach = (at: number, { texts, sense }: Omit<Said, 'from' | 'to'>): void => {
    if (sense !== 'fails')
      for (const text of texts) {
        const isLate =
          isRange.test(text) || (sense === 'given' && isValue.test(text) && !isOfIndices.test(text))
        add(at, isLate ? { given: [text] } : { under: [text] })
      }
    else {
      const other = texts.length === 1 ? opposite(texts[0]!) : undefined
      add(at, other === undefined ? { unread: true } : { under: [other] })
    }
  }
  let supposed: string[] = []
  for (let from = 0; from < pieces.length; from++) {
    const gap = between(from - 1)
    if (pieces[from]!.kind === 'network' || /\n#|\\(?:sub)*section\b/.test(gap)) supposed = []
    if (!isCondition(pieces[from]!)) {
      if (!isFormula(from)) continue
      if (supposed.length > 0) add(from, { near: supposed })
      const other = [from - 1, from - 2, from - 3].find(isFormula)
      const isOther = isOtherwise(gap) || isOtherwise(between(from))
      const known = other === undefined || !isOther ? undefined : around.get(other)
      if (known && (known.under.length > 0 || known.unread))
        attach(from, { texts: known.unread ? [] : known.under, sense: 'fails' })
      // If $x = p$, then $$…$$: of what is compared so nobody reads it.
      const isAsked = pieces[from]!.source === 'inline' && senseOf(gap.slice(-60)) === 'holds'
      if (isAsked && isFormula(from + 1) && isLed(between(from), 'holds')) {
        conditions.set(places[from]!, undefined)
        add(from + 1, { unread: true })
      }
      continue
    }
    let to = from
    while (pieces[to + 1] && isCondition(pieces[to + 1]!) && joins(between(to))) to++
    const texts = pieces.slice(from, to + 1).map(({ text }) => text.trim())
    const sense = senseOf(gap.slice(-60))
    const [before, next] = [from - 1, to + 1]
    const leads = isFormula(next) && sense !== undefined && isLed(between(to), sense)
    const isBare = !/[\p{L}(（]/u.test(gap)
    const isOwn = isBare ? pieces[before]?.source !== 'inline' : sense !== undefined
    const trails =
      isFormula(before) && isTrailing(gap) && (isOwn || /^[^\p{L}]*[(（]\s*$/u.test(gap))
    const isOfNext =
      leads &&
      (!trails ||
        /\p{Script=Han}/u.test(gap) ||
        (around.get(before)?.under.length ?? 0) > 0 ||
        /[.。]\s*$/.test(pieces[before]!.text) ||
        (pieces[before]!.source === 'inline' && pieces[next]!.source !== 'inline'))
    const of = isOfNext ? next : trails ? before : undefined
    if (sense !== undefined || of !== undefined)
      for (let at = from; at <= to; at++) conditions.set(places[at]!, sense)
    if (of !== undefined) attach(of, { texts, sense })
    else {
      const isRestricting = !/\b(?:even|not)\b[^.]*$|即使|不/i.test(gap)
      const meant = !isRestricting
        ? []
        : sense === 'fails'
          ? texts.flatMap((text) => opposite(text) ?? [])
          : texts
      if (
        isFormula(next) &&
        between(to).length < 100 &&
        !stops.test(between(to).replace(/^\s*[.。]/, ''))
      )
        add(next, { near: meant })
      if (isFormula(before) && gap.length < 60 && !stops.test(gap)) add(before, { near: meant })
    }
    if (sense === 'supposed') supposed = [...supposed, ...texts]
    from = to
  }
  for (const at of pieces.keys()) {
    const { under, given, near } = around.get(at) ?? { under: [], given: [], near: [] }
    const isSaid = under.length + given.length + near.length > 0
    if (isFormula(at) && !isSaid && isRestricted(between(at - 1), between(at)))
      add(at, { unread: true })
  }
  return {
    conditions,
    of: new Map([...around].map(([at, said]) => [places[at]!, said] as const)),
  }
}

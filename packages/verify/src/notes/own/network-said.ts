// The text of a network out of equations: those that are read, each after what it is made of.
import { spokenOf, withNames } from '../../language/names-in.ts'
import { expressionText } from '../../language/print/print.ts'
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import { mapped, nodesBelow } from '../../language/walk.ts'
import { arraysIn, type Equation, equationIn, isOfLoss, madeIn } from './equations.ts'
import { writtenOut } from './families.ts'
import { functionsSaid, haveOne, withFunctions, withHeads } from './functions.ts'
import { orUndefined } from './lengths.ts'
import { indicesOf, type Made, settled, textOf } from './lines.ts'
import { baseOf, gated, isPlain, lettersBelow, nameIn, written } from './names.ts'
import { plain, type Spelling, spellingIn } from './plain.ts'
import { calledAtSamples, ofSample, withRows } from './samples.ts'
import { slidWhole } from './sliding.ts'
import { standIns, standing, unknownIn } from './unknown.ts'

/** The text of a network, and the claims that it was made of. */
export interface NetworkSaid {
  readonly text: string
  readonly said: ReadonlySet<Claim>
  /** What says once more how an array is made: it is true, or another network begins. */
  readonly again: readonly Claim[]
  /** Letters of what no equation makes, and of all. */
  readonly leaves: ReadonlySet<string>
  readonly arrays: ReadonlySet<string>
  /** Leaves beside which an array of that letter is made, and not of them: h beside h′ = W x. */
  readonly twins: readonly string[]
  /** The letter of a function that is nowhere defined. */
  readonly unknown: string | undefined
  /** Letters of functions that are defined. */
  readonly functions: ReadonlySet<string>
  /** The letter of a cost that no equation says. */
  readonly any: string | undefined
}

/** More nobody writes by hand. */
const most = 60

const bindersOf = (node: Expression): string[] =>
  nodesBelow<Expression>([node]).flatMap((each) =>
    each.kind === 'reduction' ? each.binders.map(({ name }) => name) : [],
  )

/** w of w^T δ. */
const turnedIn = (nodes: readonly Expression[]): string[] =>
  nodesBelow<Expression>(nodes).flatMap((each) =>
    each.kind === 'transposed' && each.operand.kind === 'name' ? each.operand.base : [],
  )

const madeBy = (
  equation: Equation,
  spelling: Spelling,
  bases: ReadonlySet<string>,
): Made | undefined =>
  orUndefined(() => {
    // W (r ⊙ h) is a product.
    const named = mapped(equation.value, (each) => {
      const part = each as Expression
      if (part.kind !== 'application') return undefined
      const { head, operands, span } = part
      const isMatrix = /^[WUV]$/.test(head.base) && operands[0]!.kind !== 'name'
      return isMatrix ? { kind: 'product', factors: [head, ...operands], span } : undefined
    })
    const letters = indicesOf(equation.left)
    const value = withRows(plain(named, spelling), letters, bases)
    const { name, indices } = nameIn(equation.left, letters)
    const of = arraysIn(value, letters)
    // w := w − η g is a step.
    return of.includes(name) ? undefined : { ...equation, value, name, indices, of }
  })

/** ŷ = σ(w^T x + b) goes through the z = w^T x + b that is said beside it. */
const throughNamed = (equations: readonly Equation[]): readonly Equation[] => {
  const names = new Map(
    equations.flatMap(({ left, value }) =>
      value.kind === 'name' ? [] : [[expressionText(value, 'text'), left] as const],
    ),
  )
  const kinds = new Set(equations.map(({ value }) => value.kind))
  const named = (value: Expression): Expression =>
    mapped(value, (each) => {
      const part = each as Expression
      const isWhole = part === value || !kinds.has(part.kind)
      return isWhole ? undefined : names.get(expressionText(part, 'text'))
    })
  return equations.map((each) => ({ ...each, value: named(each.value) }))
}

/** The i of i_t, and the q of b_q beside a W_{hq}. */
const gatesIn = (equations: readonly Equation[]): readonly string[] =>
  equations.flatMap(({ left, value }) => {
    const words = withNames(value).filter((name) => lettersBelow(name).length === 0)
    const letters = words.flatMap(({ subscript }) => (subscript?.parts ?? []).flatMap(spokenOf))
    return isPlain(left) || lettersBelow(left).length === 0 ? [left.base, ...letters] : letters
  })

/** p_y of an array p: the entry of a class, and no array of its own. */
const isOfLabel = ({ of }: Made, all: readonly Made[]): boolean =>
  of.some((name) => /_\p{L}$/u.test(name) && all.some((each) => each.name === name.slice(0, -2)))

/** h_0 of h_0 = 0. */
const zeroIn = ({ operands: [left, value], relations }: Claim): string | undefined => {
  const isZero = relations[0] === '=' && value?.kind === 'numeral' && value.text === '0'
  return isZero && left?.kind === 'name' ? orUndefined(() => written(left)) : undefined
}

/** What an array is made of before it; undefined where one is made of itself. */
const inOrder = (equations: readonly Made[]): readonly Made[] | undefined => {
  const found: Made[] = []
  const open = new Set<Made>()
  const visit = (each: Made): boolean => {
    if (found.includes(each)) return true
    if (open.has(each)) return false
    open.add(each)
    const before = equations.filter(({ name }) => each.of.includes(name))
    if (!before.every(visit)) return false
    found.push(each)
    return true
  }
  return equations.every(visit) ? found : undefined
}

/** Without those that make something of what is not read, or are it. Made in order. */
const without = (
  equations: readonly Made[],
  isUnread: (name: string) => boolean,
): readonly Made[] => {
  const gone = new Set<string>()
  return equations.filter(({ name, of }) => {
    const isGone = [name, ...of].some((each) => gone.has(each) || isUnread(each))
    if (isGone) gone.add(name)
    return !isGone
  })
}

/** ŷ is what is said of y; of all other marks nobody knows. */
const unmarked = (name: string): string =>
  baseOf(name)
    .normalize('NFD')
    .replaceAll(/(?!\u0302)\p{M}|'/gu, '')

const hasTwin = (leaf: string, made: readonly Made[]): boolean => {
  const from = new Set([leaf])
  for (const { name, of } of made) if (of.some((each) => from.has(each))) from.add(name)
  const isTwin = ({ name }: Made): boolean => !from.has(name) && unmarked(name) === leaf
  return made.some(isTwin)
}

/**
 * The network that the equations among these claims say; undefined where they say none for certain.
 * `texts` may say shapes, W ∈ ℝ^{m×n}. `cost`: the name of a number that derivatives are taken of
 * and no equation says; it may be anything that depends on the last array: of several nobody knows
 * on which. `unsaid`: letters of
 * what is made in ways that make no sense here.
 */
export const networkSaid = (
  claims: readonly Claim[],
  texts: readonly string[],
  cost: string | undefined,
  unsaid: readonly string[] = [],
): NetworkSaid | undefined => {
  const functions = functionsSaid(claims)
  const isOfFunction = ({ left }: Equation) => functions.has(left.base)
  const own = claims.flatMap((claim) => equationIn(claim) ?? []).filter((one) => !isOfFunction(one))
  const said = orUndefined(() =>
    slidWhole(calledAtSamples(own)).map((one) => ({
      ...one,
      value: withFunctions(one.value, functions),
    })),
  )
  const each = said && writtenOut(said.map(withHeads(said)), claims, texts)
  if (!each) return undefined
  const unknown = unknownIn(each, new Set([...unsaid, ...claims.flatMap(madeIn)]))
  // L = −log a where y = 1, of an L that is said of all y.
  const isCase = (claim: Claim): boolean =>
    (claim.when ?? claim.where).length > 0 &&
    madeIn(claim).every((base) => own.some(({ left }) => left.base === base))
  const equations = each.map((one) => ({
    ...one,
    left: ofSample(one.left),
    value: standing(ofSample(one.value), unknown),
  }))
  const running = new Set(
    equations.flatMap(({ left, value }) => [...lettersBelow(left), ...bindersOf(value)]),
  )
  // Where it runs through nothing, also the c of v_c.
  const gates = new Set([...gatesIn(equations), 'c'].filter((base) => !running.has(base)))
  const found = throughNamed(equations).map((each) => ({
    ...each,
    value: gated(each.value, gates),
  }))
  if (found.length === 0 || found.length > most) return undefined
  const spelling = spellingIn(found)
  const namesIn = (each: readonly Equation[]): readonly Name[] =>
    each.flatMap(({ left, value }) => [left, ...withNames(value)])
  const bases = new Set(
    namesIn(found).flatMap((name) => (lettersBelow(name).length === 0 ? [name.base] : [])),
  )
  const all = found.flatMap((each) => madeBy(each, spelling, bases) ?? [])
  // x_i is no row of X elsewhere.
  const known = new Set(namesIn(found).map(({ base }) => base))
  const letters = new Set(namesIn(all).map(({ base }) => base))
  const isNew = (base: string) => /^\p{Lu}/u.test(base) && !known.has(base)
  if ([...letters].some((base) => isNew(base) && letters.has(base.toLowerCase()))) return undefined
  const first = all.filter(({ name }, k) => all.findIndex((each) => each.name === name) === k)
  const names = new Set(first.flatMap(({ name, of }) => [name, ...of]))
  const again = all.filter((each) => !first.includes(each))
  // Of other names another network is made.
  if (again.some(({ of }) => !of.every((name) => names.has(name)))) return undefined
  // What is made in a way that nobody reads is no input either: h of h(x) = …
  const read = new Set<Claim>(all.flatMap((each) => (isOfLabel(each, all) ? [] : [each.claim])))
  const unread = new Set([
    ...unsaid,
    ...claims.flatMap((claim) => (read.has(claim) || isCase(claim) ? [] : madeIn(claim))),
  ])
  const whole = first.filter(({ claim }) => read.has(claim))
  const entries = claims.flatMap(({ operands }) => operands.flatMap(withNames))
  const matrices = new Set(
    entries.flatMap((name) => (lettersBelow(name).length === 2 ? [name.base] : [])),
  )
  const turned = new Set(
    claims
      .flatMap(({ operands }) => turnedIn(operands.map((each) => plain(each, spelling))))
      .filter((base) => /^\p{Ll}/u.test(base)),
  )
  let rest = without(inOrder(whole) ?? [], (name) => unread.has(baseOf(name)))
  while (rest.length > 0) {
    const lines = settled(rest, { texts, matrices, turned })
    if (!('unreadable' in lines)) {
      if (cost && lines.ends.length > 1 && !lines.shapes.arrays.has(cost)) return undefined
      // Of a = σ(z) = σ(W x + b) the rest is claimed.
      const whole = rest.filter(({ claim }) => claim.operands.length === 2 || isOfLoss(claim))
      const { arrays } = lines.shapes
      const zeros = claims.flatMap((claim) => {
        const name = zeroIn(claim)
        return name !== undefined && arrays.get(name)?.length ? [{ name, claim }] : []
      })
      const names = zeros.map(({ name }) => name)
      const { text, isOpen } = textOf(lines, cost ?? 'C', names)
      return {
        text: unknown ? `# ${standIns[0]} is any ${unknown}\n${text}` : text,
        any: isOpen ? (cost ?? 'C') : undefined,
        said: new Set([...whole, ...zeros, ...functions.values()].map(({ claim }) => claim)),
        again: again.map(({ claim }) => claim),
        twins: lines.shapes.leaves.filter((leaf) => hasTwin(leaf, rest)),
        leaves: new Set(lines.shapes.leaves.map(baseOf)),
        arrays: new Set([...lines.shapes.arrays.keys()].map(baseOf)),
        unknown,
        functions: new Set(haveOne(each) ? functions.keys() : []),
      }
    }
    const { name } = lines.unreadable
    rest = without(rest, (each) => each === name)
  }
  return undefined
}

// Names as people spell them, as the graph has them: a_L and W_{hx} with their tag above, a small
// letter where only the capital one exists. Where the graph has what is written, it stays.
import { basesIn } from '../names-in.ts'
import { isBare } from '../resolve/context.ts'
import type { Scope } from '../resolved.ts'
import type { Claim, Expression, Name, Subscript } from '../syntax.ts'
import { withParts, writingOut } from '../walk.ts'
import { withAccent } from './accents.ts'
import { withActivations } from './applied/activations.ts'
import { withinWindow, withOwnRegion, withRegions } from './applied/pooling-regions.ts'
import { withSlopesAlone } from './applied/slopes-alone.ts'
import { withWordsApplied } from './applied/words-applied.ts'
import { withoutEntries } from './below/entries.ts'
import { exactBelow, isExact } from './below/exact.ts'
import { areNumbers, counting, fused, fusedBelow, tagBelow } from './below/fused.ts'
import { layersBelow } from './below/layers-below.ts'
import { withLayersOfLetters } from './below/lettered.ts'
import { isTranspose, lettersAlone, turnedIn } from './below/letters-alone.ts'
import { withWordsAsIndices } from './below/runs.ts'
import { subscriptsOf } from './below/subscripts.ts'
import { taggedTwice } from './below/tagged-twice.ts'
import { isOnlyTagged } from './below/tags-alone.ts'
import { type Alone, named, opened, rowOf } from './below/whole-or-row.ts'
import { keyOf } from './definition-of.ts'
import { deltaBase } from './deltas/delta.ts'
import { countedIn, withErrorOf } from './deltas/error-of.ts'
import { compact } from './layer-tags.ts'
import { entryHead, has, type Letters, relettered, sizeNamed } from './relettered.ts'
import { isSmallT, withSureTransposes } from './small-transpose.ts'
import { withStepsDefined } from './steps/defined-steps.ts'
import { withLastLayer, withStepLetter } from './steps/step-letter.ts'
import { isStepIn, type Stepping, writtenOut } from './steps/steps.ts'
import { turnedByHalf } from './steps/turned.ts'
import { atCurrentStep, withoutStep, withoutWord } from './steps/words-below.ts'

interface Names extends Letters, Stepping, Ways, Alone {
  readonly scope: Scope
  readonly isOfAll: boolean
  readonly bounded: ReturnType<typeof writingOut>
  /** What stands below names that the graph has so beside their letters: 1 of Z_1. */
  readonly exact: ReadonlySet<string>
  /** What stands below names that the graph has as one word: f of Wf. */
  readonly fused: ReadonlySet<string>
  /** Whether the formula has its layers below, as in h_2 and W_1, and none above. */
  readonly hasLayersBelow: boolean
}

/** x_norm beside an x of two axes: a word that the graph has, and not four indices. */
const isWordOf = ({ base, subscript }: Name, { names }: Scope): boolean => {
  const [only, ...others] = subscript?.parts ?? []
  const word = only && others.length === 0 ? compact(only) : ''
  const own = names.filter((each) => each.base === base)
  const isWord = word.length > 2 && own.some(({ tag, isBelow }) => isBelow && tag === word)
  return isWord && own.every(({ tag, rank }) => tag !== '' || rank !== word.length)
}

const basesOf = (base: string, scope: Scope): readonly string[] =>
  base === 'δ' && !has(scope, 'δ') ? [deltaBase(scope) ?? 'z'] : [base]

/** z_2^{(i)}: of the i-th example. */
const isExample = ({ superscript }: Name): boolean => {
  const [only, ...others] = superscript?.parts ?? []
  const isLetter = only?.kind === 'name' && isBare(only) && /^\p{Ll}$/u.test(only.base)
  return isLetter && superscript!.parenthesised && others.length === 0
}

/** a_L as a^{(L)}, z_2^{(i)} as z^{[2](i)}, W_{hx}^T as W^{(hx)T}. */
const tagAbove = (name: Name, { scope, exact }: Names): Name | undefined => {
  const above = name.superscript?.parts ?? []
  const isOfExample = isExample(name)
  const isPlain = above.every(isTranspose) || isOfExample
  if (!name.subscript || name.primes > 0 || !isPlain) return undefined
  const [base] = basesOf(name.base, scope)
  if (!isOnlyTagged(scope, base!) && !isWordOf(name, scope) && !isExact(name, scope, exact))
    return undefined
  const own = scope.names.filter((each) => each.base === base)
  const tags = new Set(own.map(({ tag }) => tag))
  const isNumbers = areNumbers(own)
  const found = tagBelow(
    name.subscript,
    (text) => tags.has(text) || (isNumbers && (counting as readonly string[]).includes(text)),
  )
  if (!found) return undefined
  const { tag, rest } = found
  const { subscript, superscript: _, ...plain } = name
  const below = rest.length > 0 ? { subscript: { ...subscript, parts: rest } } : {}
  // z_{norm}^{(i)} is an entry of z_norm.
  if (isOfExample && rest.length === 0 && isWordOf(name, scope))
    return {
      ...plain,
      superscript: { parts: [tag], parenthesised: true, span: tag.span },
      subscript: { parts: above, span: tag.span },
    }
  if (isOfExample && !/^\d+$/.test(compact(tag))) return undefined
  const parts: Expression[] =
    above.length > 0 ? [{ kind: 'product', factors: [tag, ...above], span: tag.span }] : [tag]
  return { ...plain, ...below, superscript: { parts, parenthesised: true, span: tag.span } }
}

/** h_2^2 is the square of h_2, where h has its tags below. */
const squared = (name: Name, names: Names): Expression | undefined => {
  const { superscript, ...plain } = name
  const [exponent, ...others] = superscript?.parts ?? []
  if (exponent?.kind !== 'numeral' || others.length > 0 || superscript!.parenthesised)
    return undefined
  const own = names.scope.names.filter(({ base }) => base === name.base)
  const isTagged = names.hasLayersBelow || own.some(({ isBelow }) => isBelow)
  const base = isTagged ? tagAbove(plain, names) : undefined
  return base && { kind: 'power', base, exponent, span: name.span }
}

/** δ_o and δ_k of a formula that says what they are. */
const isDefined = (name: Name, { defined }: Names): boolean => {
  const { key, entry } = keyOf(name)
  return (
    name.base === 'δ' &&
    name.subscript !== undefined &&
    [key, entry].some((each) => defined.has(each))
  )
}

const respelled = (closed: Name, names: Names): Expression => {
  if (isDefined(closed, names)) return closed
  const plain = opened(closed)
  const written = withAccent(plain, names.scope) ?? plain
  const name = withoutStep(written, names.scope) ?? written
  const found =
    turnedByHalf(name, names.scope) ??
    taggedTwice(name, names.scope) ??
    withoutWord(name, names.scope) ??
    atCurrentStep(name, names.scope) ??
    squared(name, names) ??
    fused(name, names) ??
    named(name, names) ??
    rowOf(name, names) ??
    tagAbove(name, names) ??
    relettered(name, names)
  if (found?.kind !== 'name') return found ?? name
  return tagAbove(found, names) ?? found
}

/** What e is raised to is no index. */
const withExponent = (node: Expression, names: Names): Expression => {
  if (node.kind !== 'name' || node.base !== 'e' || !node.superscript || node.subscript) return node
  const { superscript } = node
  return { ...node, superscript: visit(superscript, names) as Subscript & typeof superscript }
}

/** Below and above a name stand indices: letters there are no arrays. */
const visit = (value: unknown, names: Names): unknown => {
  if (Array.isArray(value)) {
    const all = value.map((each) => visit(each, names))
    return all.some((each, k) => each !== value[k]) ? all : value
  }
  if (value === null || typeof value !== 'object') return value
  const node = value as { readonly kind?: string }
  const error = withErrorOf(node as Expression, names)
  if (error) return visit(error, names)
  if (node.kind === 'name') return withExponent(respelled(node as Name, names), names)
  if (node.kind === 'application') {
    const call = node as Extract<Expression, { kind: 'application' }>
    const { head, operands } = call
    // a'(Z) and f(z) are functions, x[i, j] is an array, and Xᵀ(h − y) a product.
    const isTurned = head.superscript?.parts.every(isTranspose) ?? false
    // x^{(i)} (y^{(i)} − ŷ^{(i)}) of a matrix X is a product too.
    const isSample = isExample(head) && !names.scope.names.some(({ base }) => base === head.base)
    const isFunction = (operands.length === 1 && !isTurned && !isSample) || head.primes > 0
    const below =
      tagAbove(head, names) ?? fused(head, names) ?? named(head, names) ?? entryHead(head, names)
    const read = isFunction ? below : respelled(head, names)
    const own = read.kind === 'name' ? read : head
    return withParts(call, { head: own, operands: visit(operands, names) })
  }
  const { exponent, base } = node as Partial<Extract<Expression, { kind: 'power' }>>
  if (node.kind === 'power' && isSmallT(exponent)) return { ...node, base: visit(base, names) }
  if (node.kind === 'reduction') {
    const sum = node as Extract<Expression, { kind: 'reduction' }>
    const terms = writtenOut(sum, names)
    if (terms) return visit(names.bounded(terms), names)
    // n_{out} and w_{new}: an end of an axis keeps its letter.
    const binders = sum.binders.map((binder) => {
      if (binder.upper?.kind !== 'name' || !binder.upper.subscript) return visit(binder, names)
      const upper = sizeNamed(binder.upper, names.scope)
      return upper ? { ...binder, upper } : binder
    })
    const [body, conditions] = [visit(sum.body, names), visit(sum.conditions, names)]
    const isSame = binders.every((binder, k) => binder === sum.binders[k])
    return withParts(sum, { binders: isSame ? sum.binders : binders, body, conditions })
  }
  let changed: Record<string, unknown> | undefined
  for (const [key, each] of Object.entries(value)) {
    if (key === 'span' || key === 'indices') continue
    const found = visit(each, names)
    if (found === each) continue
    changed ??= { ...value }
    changed[key] = found
  }
  return changed ?? value
}

/** How names are read that have two usual meanings. */
interface Ways {
  /** Σ_t takes h_0, which is given. */
  readonly isOfAll?: boolean
  /** δ_o is the error of what enters the activation o. */
  readonly isOfUnits?: boolean
}

const usually: Ways = {}

interface Spelled {
  readonly scope: Scope
  readonly ways: Ways
  readonly spelled: Claim
}

const known = new WeakMap<Claim, Spelled>()

/** Names are kept where nothing changes, so that stars and definitions stay the same objects. */
export const spelled = (written: Claim, scope: Scope, ways = usually): Claim => {
  const before = known.get(written)
  if (before?.scope === scope && before.ways === ways) return before.spelled
  const found = spelledIn(written, scope, ways)
  known.set(written, { scope, ways, spelled: found })
  return found
}

const spelledIn = (written: Claim, scope: Scope, ways: Ways): Claim => {
  const applied = withinWindow(withWordsApplied(written, scope), scope)
  const whole = withRegions(withOwnRegion(applied, scope), scope)
  const stepped = withStepLetter(withLastLayer(withSureTransposes(whole, scope)), scope)
  const lettered = withLayersOfLetters(withWordsAsIndices(stepped, scope), scope)
  const active = withActivations(withSlopesAlone(lettered, scope), scope)
  const claim = withStepsDefined(active, scope)
  const names: Names = {
    scope,
    indices: subscriptsOf(claim),
    alone: lettersAlone(claim, scope),
    counted: countedIn(claim, scope),
    exact: exactBelow(claim, scope),
    fused: fusedBelow(claim, scope),
    turned: turnedIn(claim),
    isOfAll: false,
    bounded: writingOut(claim.span),
    ...ways,
    isStep: (letter) => isStepIn(claim, letter, scope),
    hasLayersBelow: layersBelow(claim, scope),
    defined: new Set(claim.where.map(({ name }) => name)),
    written: new Set(basesIn(claim)),
  }
  const operands = claim.operands.map((each) => visit(each, names) as Expression)
  const where = claim.where.map((each) => ({
    ...each,
    value: visit(each.value, names) as Expression,
  }))
  return withoutEntries({ ...claim, operands, where }, scope)
}

// Names looked up: the tree as written → the tree that elaboration reads, one for each reading and
// layer.
import { readTogether } from '../both-sides.ts'
import { capturing, freeIndices } from '../free.ts'
import { onlyMultiplies, standingIn, subscriptsOf } from '../names/below/subscripts.ts'
import { endsOfDots } from '../names/dots.ts'
import { holdsAt } from '../names/layer-tags.ts'
import { UnknownNameError } from '../names/names.ts'
import { type SizeReading, withSizePowers } from '../names/size-powers.ts'
import { withSmallTransposes } from '../names/small-transpose.ts'
import { spelled } from '../names/spelled.ts'
import { withGivenLayers } from '../names/steps/given-layer.ts'
import { withLayerAbove } from '../names/steps/last-layer.ts'
import { hasParts } from '../programs/said.ts'
import type {
  LayerValues,
  Resolution,
  Resolved,
  ResolvedClaim,
  Scope,
  SuperscriptReading,
} from '../resolved.ts'
import { type Claim, ClaimError, type Expression } from '../syntax.ts'
import { holding, writingOut } from '../walk.ts'
import {
  type Choice,
  type Choices,
  type Context,
  type Origin,
  type TwoReadings,
  usualChoices,
} from './context.ts'
import { decidedAt } from './decided.ts'
import { resolveExpression } from './expression.ts'
import { ofEntries } from './functions/of-entries.ts'
import { ofNumbers, variablesOf } from './functions/of-numbers.ts'
import { isLoss } from './in-place.ts'
import { layerConditions, layerValues, speaksOf, withLast } from './layers.ts'
import { overEntries } from './matrices.ts'
import { besideEachOther } from './values/sides.ts'
import { starOrdinals } from './values/star-ordinals.ts'

/** How a claim is read where the formula alone does not say. */
export interface How {
  readonly origin: Origin
  readonly choices: Choices
}

export const usually: How = { origin: 1, choices: usualChoices }

const resolveSide = (side: Expression, context: Context): Resolved =>
  isLoss(side, context) ? { kind: 'cost', span: side.span } : resolveExpression(side, context)

const resolveOnce = (claim: Claim, context: Context): ResolvedClaim => {
  const set = claim.relations.indexOf('∈')
  if (set >= 0)
    throw new ClaimError('∈ declares what a name is, and claims nothing', claim.operands[set]!.span)
  const [first, ...others] = claim.operands
  // The free indices of one side are what an implicit Σ of the other does not bind.
  const last = others.at(-1)
  const left = hasImplicit(first!) && last ? undefined : resolveSide(first!, context)
  const outer = left ?? resolveSide(last!, context)
  const inside: Context = { ...context, outer: new Set(freeIndices(outer)) }
  const sides = claim.operands.map((each, at) =>
    at === 0 && left ? left : resolveSide(each, inside),
  )
  const { scope } = context
  const operands = readTogether(besideEachOther(sides, claim, inside), claim, scope)
  for (const operand of operands) {
    const binder = capturing(operand)
    if (binder) throw new ClaimError(captured(binder.name), binder.span)
  }
  const free = [...new Set(operands.flatMap((each) => freeIndices(each)))]
  const when = claim.when?.map((each) => resolveExpression(each, inside))
  return { operands, relations: claim.relations, free, ...(when && { when }), span: claim.span }
}

const captured = (index: string) =>
  `The index ‘${index}’ is captured: it says which entry is meant, and is summed over on the same ` +
  'side. Rename the index of the sum'

const hasImplicit = holding((node) => {
  const { kind, implicit } = node as Partial<Extract<Expression, { kind: 'reduction' }>>
  return kind === 'reduction' && implicit === true
})

/** In a program A**2 is of the entries. */
const entrywisePowers = ({ choices }: How): Choices => ({ ...choices, powers: 'entrywise' })

type Layers = Context['layers']

const contextOf = (claim: Claim, scope: Scope, asPower: boolean, layers: Layers, how: How) => {
  const subscripts = subscriptsOf(claim)
  return {
    scope,
    ...how,
    ...(claim.program && { origin: 0 as const, choices: entrywisePowers(how) }),
    layers,
    asPower,
    ambiguities: new Map<string, TwoReadings>(),
    met: new Set<Choice>(),
    ordinals: starOrdinals(claim),
    definitions: new Map(claim.where.map((each) => [each.name, each])),
    substitutions: new Map(),
    bounded: writingOut(claim.span),
    variables: variablesOf(claim, scope),
    bound: new Set<string>(),
    outer: new Set<string>(),
    subscripts,
    ownIndices: claim.where.length > 0 ? subscriptsOf({ ...claim, where: [] }) : subscripts,
    // Asked for where lengths have letters, and of a layer.
    standing: scope.sizes ? standingIn(claim) : new Set<string>(),
    layered: layers.size > 0 ? withLayerAbove(claim) : new Set<string>(),
    ends: endsOfDots(claim),
    windows:
      scope.window === undefined
        ? []
        : ['k', 'p', 'f', 's'].filter((each) => onlyMultiplies(claim, each, true)),
    hasStride: scope.stride !== undefined && onlyMultiplies(claim, 's'),
    position: 'value' as const,
    program: claim.program === true,
    isLatex: claim.style === 'latex',
    sizesOnly: false,
  }
}

/** @throws ClaimError; an UnknownNameError only where no layer has all the names. */
const reading = (
  claim: Claim,
  scope: Scope,
  asPower: boolean,
  how: How,
  alsoOpen: readonly Choice[] = [],
): { reading: SuperscriptReading; ambiguities: Context['ambiguities'] } => {
  const ambiguities: Context['ambiguities'] = new Map()
  const met = new Set<Choice>(alsoOpen)
  let isOfEntries = false
  const attempt = (layers: Context['layers']) => {
    const given = withGivenLayers(withLast(claim, layers), scope, layers)
    const valued = decidedAt(given, scope, layers)
    const context = { ...contextOf(valued, scope, asPower, layers, how), ambiguities, met }
    const once = resolveOnce(valued, context)
    const each = overEntries(once, scope)
    isOfEntries ||= each[0] !== once || hasParts(claim)
    return each.map((one) => ({ layers: Object.fromEntries(layers), claim: one }))
  }
  const result = (
    instances: SuperscriptReading['instances'],
    leftOut: NonNullable<SuperscriptReading['leftOut']> = [],
  ) => {
    const description = [...ambiguities]
      .map(([what, readings]) => `${what}: ${readings[asPower ? 1 : 0]}`)
      .join(', ')
    const own = { open: [...met], ...(isOfEntries && { isOfEntries }) }
    return { reading: { description, instances, leftOut, ...own }, ambiguities }
  }
  try {
    return result(attempt(new Map()))
  } catch (error) {
    if (!(error instanceof UnknownNameError)) throw error
    const leftOut: { layers: LayerValues; why: string }[] = []
    let unknown = error
    const instances = layerValues(claim, scope).flatMap((layers) => {
      const isMeant = speaksOf(claim, scope, layers)
      const leave = (why: string) => {
        if (isMeant) leftOut.push({ layers: Object.fromEntries(layers), why })
        return []
      }
      const excluded = layerConditions(claim).find((each) => holdsAt(each, layers) === false)
      if (excluded) return leave('the condition leaves it out')
      try {
        return attempt(layers)
      } catch (failure) {
        if (!(failure instanceof UnknownNameError)) throw failure
        const at = [...layers].map(([letter, value]) => `${letter} = ${value}`).join(', ')
        // The layer that goes furthest says best what is missing.
        const isFurther = unknown === error || failure.start > unknown.start
        if (isMeant && isFurther)
          unknown = new UnknownNameError(`At ${at}: ${failure.reason}`, failure)
        return leave(failure.reason)
      }
    })
    if (instances.length > 0) return result(instances, leftOut)
    if (leftOut.length > 0 && leftOut.every(({ why }) => why.startsWith('the condition')))
      throw new ClaimError('No layer of this network meets the condition', claim.span)
    throw unknown
  }
}

/** a * b of one shape, where stars may slide too. */
const entrywiseStars = (claim: Claim, scope: Scope, how: How): SuperscriptReading => {
  const choices: Choices = { ...how.choices, stars: 'entrywise' }
  const { reading: other } = reading(claim, scope, false, { ...how, choices })
  return { ...other, description: '* is entry by entry' }
}

/**
 * Looks up every name of a claim. More than one reading where a superscript can be both part of
 * a name and a power; more than one instance where layers are symbolic (δ^{l-1}) and numbered.
 * @throws ClaimError at a name that the graph has not, at a wrong number of subscripts, at ∈.
 */
export const resolve = (written: Claim, scope: Scope, how: How = usually): Resolution => {
  const turned = withSmallTransposes(written, scope)
  if (!turned) return resolveTurned(written, scope, how)
  const isMeant = turned.isSure || how.choices.turns === 'transposes'
  if (isMeant) return resolveTurned(turned.claim, scope, how)
  try {
    return resolveTurned(written, scope, how, ['turns'])
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    return resolveTurned(turned.claim, scope, how)
  }
}

/** Where a function is of entries: softmax is not. */
const inEntries = (...[claim, scope, how, open]: Parameters<typeof resolveTurned>) => {
  try {
    return reading(claim, scope, false, how, open)
  } catch (error) {
    if (error instanceof ClaimError) return undefined
    throw error
  }
}

const resolveTurned = (
  written: Claim,
  scope: Scope,
  how: How,
  alsoOpen: readonly Choice[] = [],
): Resolution => {
  const whole = ofNumbers(spelled(written, scope), scope)
  if (whole.continues)
    throw new ClaimError('A formula that begins with a relation needs one before it', whole.span)
  const entries = ofEntries(whole, scope)
  const each = entries && inEntries(entries, scope, how, alsoOpen)
  const claim = each ? entries : whole
  const first = each ?? reading(whole, scope, false, how, alsoOpen)
  if (first.ambiguities.size === 0)
    return first.reading.open.includes('stars') && how.choices.stars === 'sliding'
      ? [first.reading, entrywiseStars(claim, scope, how)]
      : [first.reading]
  try {
    return [first.reading, reading(claim, scope, true, how).reading]
  } catch (error) {
    // The power is no reading where it makes no sense.
    if (error instanceof ClaimError) return [{ ...first.reading, description: '' }]
    throw error
  }
}

/**
 * A claim about integers alone: every name is a size, called as it is written. @throws ClaimError
 */
export const resolveSizes = (claim: Claim, reading: SizeReading): ResolvedClaim => {
  const context = contextOf(claim, { names: [] }, false, new Map(), usually)
  return resolveOnce(withSizePowers(claim, reading), { ...context, sizesOnly: true })
}

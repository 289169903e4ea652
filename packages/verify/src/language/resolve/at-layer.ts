// A letter of layers or steps that stands for a place too: t of h_t = tanh(W h_{t-1} + U x_t), with
// arrays h_t and rows x_t. At each step it is one number.
import { foldedIndex } from '../names/below/shifted-index.ts'
import { UnknownNameError } from '../names/names.ts'
import { withNames } from '../names-in.ts'
import { rational } from '../rational.ts'
import type { Resolved, ScopeName } from '../resolved.ts'
import type { Expression, Name } from '../syntax.ts'
import { type Context, inScope, isBare, letterOf } from './context.ts'

/** The l of a^l as a number: for l = 2, 1/l, and in x_l. Above, a^l_l may be every entry too. */
export const layerNumber = (name: Name, context: Context): Resolved | undefined => {
  const letter = letterOf(name)
  const layer = isBare(name) ? context.layers.get(letter) : undefined
  if (layer === undefined || inScope(name, context)) return undefined
  if (context.position === 'index' && !standsBelow(context)) {
    context.ambiguities.set(letter, ['an index', 'the layer'])
    if (!context.asPower) return undefined
  }
  return { kind: 'numeral', value: rational(BigInt(layer)), span: name.span }
}

/** h_1, h_2, h_3: what tells them apart stands where places do. */
const standsBelow = ({ scope }: Context): boolean =>
  scope.names.some(({ tag, isBelow }) => isBelow === true && /^\d+$/.test(tag))

/**
 * A place that the layer says.
 * @throws UnknownNameError at layers where the array has no such place
 */
export const placeAtLayer = (
  written: Expression,
  place: Resolved,
  { name }: ScopeName,
  length = Number.POSITIVE_INFINITY,
  { layers, scope }: Context,
): Resolved => {
  if (layers.size === 0 || !withNames(written).some((each) => layers.has(letterOf(each))))
    return place
  const folded = foldedIndex(place)
  const at = numberOf(folded)
  const isThere = at === undefined || (at >= 1 && at <= length)
  if (isThere || scope.slides) return folded
  const entries = length === 1 ? 'one entry' : `${length} entries`
  throw new UnknownNameError(
    `${name} has ${entries} along this axis, counted from 1, and none at ${at}: nothing is claimed`,
    written.span,
  )
}

const numberOf = (place: Resolved): number | undefined => {
  if (place.kind === 'numeral')
    return Number(place.value.numerator) / Number(place.value.denominator)
  const value = place.kind === 'negation' ? numberOf(place.operand) : undefined
  return value === undefined ? undefined : -value
}

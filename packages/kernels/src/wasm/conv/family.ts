// The convolution family as the planner asks for it: each of the three directly, or, where relaxed
// precision is linked by the time that it asks, by whichever algorithm costs less.
import { linked } from '../../linked.ts'
import * as direct from './conv2d.ts'

type Family = NonNullable<typeof linked.family>

export const conv2d: Family['conv2d'] = (...given) =>
  linked.family ? linked.family.conv2d(...given) : direct.conv2d(...given)
export const conv2dInput: Family['conv2dInput'] = (...given) =>
  linked.family ? linked.family.conv2dInput(...given) : direct.conv2dInput(...given)
export const conv2dFilter: Family['conv2dFilter'] = (...given) =>
  linked.family ? linked.family.conv2dFilter(...given) : direct.conv2dFilter(...given)

export const finishesForward: Family['finishesForward'] = (...given) =>
  linked.family?.finishesForward(...given) ?? false
export const finishesBack: Family['finishesBack'] = (...given) =>
  linked.family?.finishesBack(...given) ?? false
export const byTilesInstead: Family['byTilesInstead'] = (...given) =>
  linked.family?.byTilesInstead(...given) ?? false

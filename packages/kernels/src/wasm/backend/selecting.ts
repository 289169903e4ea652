// The rule of a pooling that selects cells.
import type { TiedPoolParams } from '@backprove/graph'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import type { Ties } from '../pool/select.ts'
import type { Selector } from '../pool/selectors.ts'
import type { PoolShape } from '../pool/window.ts'
import { poolOf } from './call.ts'
import { type Rule, ruleOf } from './rule.ts'

type Selecting<Name extends string> = (
  lanes: Lanes,
  shape: PoolShape,
  by: readonly [Selector, Ties],
  at: Readonly<Record<Name | 'scratch', number>>,
) => Kernel

export const selecting = <Name extends string>(
  selector: Selector,
  names: readonly Name[],
  result: Name,
  write: Selecting<Name>,
): Rule =>
  ruleOf(
    (call) => ({ shape: poolOf(call), ties: (call.params as TiedPoolParams).ties }),
    names,
    result,
    (lanes, { shape, ties }, at) => write(lanes, shape, [selector, ties], at),
  )

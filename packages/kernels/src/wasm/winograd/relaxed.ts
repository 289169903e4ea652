// Fills in Winograd's algorithm where this module is loaded: it does something then.
import { linked } from '../../linked.ts'
import {
  byTilesInstead,
  conv2d,
  conv2dFilter,
  conv2dInput,
  finishesBack,
  finishesForward,
} from './conv2d.ts'

/**
 * Puts relaxed precision into a bundled page, for `precision: 'relaxed'`. Where packages are not
 * bundled it always is there.
 */
export function linkRelaxed(): void {
  linked.family = {
    ...{ byTilesInstead, conv2d, conv2dFilter, conv2dInput, finishesBack, finishesForward },
  }
}

linkRelaxed()

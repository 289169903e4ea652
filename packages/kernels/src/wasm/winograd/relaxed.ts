// Fills in Winograd's algorithm where this module is loaded: it does something then.
import { linked } from '../../linked.ts'
import * as byTiles from './conv2d.ts'

/**
 * Puts relaxed precision into a bundled page, for `precision: 'relaxed'`. Where packages are not
 * bundled it always is there.
 */
export function linkRelaxed(): void {
  linked.family = byTiles
}

linkRelaxed()

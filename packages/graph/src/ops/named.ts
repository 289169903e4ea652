// The library's ops by their names, for whoever knows ops and needs none of them: a table by name,
// or a comparison with one, loads no op that a page does without.
import { loadedOp, type Op } from '../record/op.ts'
import type { ops } from './index.ts'

/** What an op is called in the table of all ops. */
export type OpName = keyof typeof ops

/** Whether it is the library's op of that name; one from elsewhere may be called the same. */
export const isOp = (op: Op | undefined, name: OpName): boolean =>
  op !== undefined && op.name === name && loadedOp(name) === op

/** The name of an op of the library; undefined for one from elsewhere. */
export const opName = (op: Op): OpName | undefined =>
  loadedOp(op.name) === op ? (op.name as OpName) : undefined

/** The library's op of that name; undefined where nothing that is loaded could have recorded it. */
export const opNamed: (name: OpName) => Op | undefined = loadedOp

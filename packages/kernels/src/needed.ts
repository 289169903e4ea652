// What a bundled page lacks until it calls a link. The code of ops that few networks use is filled
// in, by `linkEveryOp`, where it is looked for.
import type { Op } from '@backprove/graph'
import { CompileError } from './errors.ts'
import type { LineCall } from './line/lower.ts'

/** What is filled in. @throws CompileError that names the link, and what needs it */
export function needed<Part>(part: Part | undefined, what: string): Part {
  if (part !== undefined) return part
  throw new CompileError(`compile: ${what}${notHere('linkEveryOp')}`)
}

export const notHere = (link: string): string =>
  ` is not in this bundle; call ${link}() of @backprove/kernels first`

/** What an op from elsewhere is, by its line: `linkJavaScript` fills it in as well. */
export const lines: {
  known?: {
    /** Whether it is a formula of its operands' entries. */
    readonly hasLineFormula: (op: Op) => boolean
    /** Its arithmetic; undefined where nobody knows. */
    readonly flopsOf: (call: LineCall) => number | undefined
  }
} = {}

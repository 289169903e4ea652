// An edit as data: its code, and what it puts in the place of what.
import { expressionText } from '../language/print/print.ts'
import { programText } from '../language/print/program.ts'
import type { Claim, Expression } from '../language/syntax.ts'
import { childNodes, spellingOf } from '../language/walk.ts'
import type { Edited } from './edit.ts'

/** One edit: a message in another language is made of its code and these values. */
export interface EditMade {
  readonly code: string
  readonly values: {
    /** The part that was written, and what stands in its place; as the formula is written. */
    readonly was?: string
    readonly becomes?: string
    /** What must be assumed besides. */
    readonly assume?: string
  }
}

/** The smallest part that differs, in both. */
const differing = (
  before: Expression,
  after: Expression,
): readonly [Expression, Expression] | undefined => {
  if (spellingOf(before) === spellingOf(after)) return undefined
  const [own, other] = [before, after].map((node) => childNodes<Expression>(node))
  const isAlike = before.kind === after.kind && own!.length === other!.length
  const places = isAlike ? own!.map((_, k) => k) : []
  const isChanged = (k: number) => spellingOf(own![k]) !== spellingOf(other![k])
  const [only, ...others] = places.filter(isChanged)
  // A letter below a name is shown with the name.
  if (only === undefined || others.length > 0 || before.kind === 'name') return [before, after]
  return differing(own![only]!, other![only]!)
}

export const editMade = (
  before: Claim,
  { name, claim, assume }: Edited & { readonly name: string },
): EditMade => {
  const print = claim.program
    ? programText
    : (node: Expression) => expressionText(node, before.style)
  const parts = before.operands.flatMap((operand, k) => {
    const other = claim.operands[k]
    const found = other && differing(operand, other)
    return found ? [found] : []
  })
  const [part] = parts
  return {
    code: name,
    values: {
      ...(part && { was: print(part[0]), becomes: print(part[1]) }),
      ...(assume !== undefined && { assume }),
    },
  }
}

/** The message; of a line of a program, its parts are lines of programs too. */
export const saidOf = (
  { message, claim }: Edited,
  { values: { was, becomes } }: EditMade,
): string => {
  if (!claim.program || was === undefined) return message
  const [lead = message] = message.split(':')
  return `${lead.replace(/\.$/, '')}: ${becomes} instead of ${was}.`
}

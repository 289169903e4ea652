// An op of one's own: what a user defines is looked at, where the library's ops are held by types
// alone. A page that defines none does not carry this.
import { OptionError } from '../errors.ts'
import { optionError, readOptions } from '../options.ts'
import { show } from '../show.ts'
import type { Op, OpDefinition, Printed } from './op.ts'
import { checkedRules } from './own-rules.ts'
import { demandOwnTraits, heldAgainstLine } from './own-traits.ts'

const PARTS = [
  ...(['name', 'operands', 'patterns', 'optional', 'line', 'stable', 'symbols', 'axes'] as const),
  ...(['check', 'values', 'params', 'vjp', 'latex', 'restated', 'traits'] as const),
] as const

const SYNONYMS = {
  ...{ inputs: 'operands', definition: 'line', formula: 'line', options: 'params' },
  ...{ gradient: 'vjp', grad: 'vjp', backward: 'vjp', shape: 'axes' },
}

const NEEDED = [
  ['name', ['string'], "a name, such as 'square'"],
  ['operands', ['object'], "operands by letter, such as { x: '…' }"],
  ['line', ['string', 'function'], "a line of index notation, such as 'y = x^2'"],
  ['vjp', ['object'], 'a rule for each operand, such as { x: (g, { x }) => mul(g, mul(2, x)) }'],
  ['latex', ['function'], "a function of the operands' LaTeX"],
] as const

/** A rule that is missing would be a derivative of 0 that nobody asked for. */
function requireRules({ operands, vjp, traits }: OpDefinition<string, object>): void {
  const letters = traits?.variadic ? ['operand'] : Object.keys(operands)
  const missing = letters.find((letter) => vjp[letter] === undefined)
  const further = Object.keys(vjp).find((letter) => !letters.includes(letter))
  const [letter, wrong] = [missing ?? further, missing === undefined ? 'no operand' : 'missing']
  if (letter === undefined) return
  const may = `a rule for each of ${letters.join(', ')}, null where no derivative flows`
  throw new OptionError(`defineOp: vjp: ${letter} is ${wrong}; it must be ${may}`)
}

/**
 * An op of one's own, from its line of index notation, its rules and how it prints. A gradient that
 * asks a rule compares it with the line first, and what its traits and its stable form say is held
 * against the line where the op is first recorded.
 * @throws OptionError for a part that is missing or not of its kind, or one that no op has
 */
export function defineOp<Operand extends string, Params extends object = object>(
  definition: Omit<OpDefinition<Operand, Params>, 'jacobian'>,
): Op {
  const given = readOptions('defineOp', definition, PARTS, SYNONYMS)
  for (const [part, types, what] of NEEDED) {
    const value = given[part]
    if (value !== null && types.some((type) => typeof value === type)) continue
    const found = value === undefined ? 'missing' : show(value)
    throw new OptionError(`defineOp: ${part} is ${found}; it must be ${what}`)
  }
  requireRules(definition as unknown as OpDefinition<string, object>)
  demandOwnTraits(definition)
  // The rules are typed by the operands; the check of them asks for no more than their letters.
  const rules = definition.vjp as Op['vjp']
  const isSurrogate = definition.traits?.surrogate
  const vjp = (isSurrogate ? rules : checkedRules(rules, () => op)) as typeof definition.vjp
  const latex = ((...asked) => {
    const printed: unknown = definition.latex(...asked)
    if (typeof (printed as Printed | undefined)?.text === 'string') return printed
    const may = "{ text: '\\\\operatorname{f}(x)', binds: 'atom' }"
    throw optionError(definition.name, 'what latex makes', printed, may)
  }) as typeof definition.latex
  const op = Object.freeze({ ...definition, vjp, latex, held: heldAgainstLine() }) as unknown as Op
  return op
}

// Options as users give them. Whatever an op does not know is refused: a misspelt option that is
// silently ignored costs more than an error.
import { OptionError } from './errors.ts'
import { nearNames } from './names/names.ts'
import { isRecord, show } from './show.ts'

/**
 * The options, an empty record where none were given. `synonyms` are names that others have for
 * one, or sentences about what is done otherwise here.
 * @throws OptionError where they are no record, or have a key that is not in `known`
 */
export function readOptions<Options extends object>(
  op: string,
  options: Options | undefined,
  known: readonly (keyof Options & string)[],
  synonyms: Readonly<Record<string, string>> = {},
): Partial<Options> {
  if (options === undefined) return {}
  const names = known.join(', ')
  const all = known.length > 0 ? `they are { ${names} }` : 'it takes none'
  if (!isRecord(options)) {
    throw new OptionError(`${op}: the options are ${show(options)}; ${all}${meant(options, known)}`)
  }
  const unknown = Object.keys(options).find((key) => !(known as readonly string[]).includes(key))
  if (unknown === undefined) return options
  const [near] = Object.hasOwn(synonyms, unknown) ? [synonyms[unknown]] : nearNames(unknown, known)
  const isOption = (known as readonly (string | undefined)[]).includes(near)
  const own = known.length > 0 ? `it has ${names}` : 'it takes none'
  const hint = isOption ? `is ${near} meant?` : (near ?? own)
  throw new OptionError(`${op}: there is no option ${show(unknown)}; ${hint}`)
}

/** A value that stands bare where it should stand by its name. */
function meant(value: unknown, [first, ...others]: readonly string[]): string {
  const isNode = typeof value === 'object' && value !== null && 'op' in value
  if (isNode) return first === 'bias' ? '; is { bias: … } meant?' : ''
  const isBare = ['number', 'string'].includes(typeof value) || Array.isArray(value)
  const name = first === 'bias' ? others[0] : first
  return isBare && name !== undefined ? `; is { ${name}: ${show(value)} } meant?` : ''
}

/**
 * What a function was given beyond its arguments: in silence an operand or an option would be
 * passed over. What `map` and `reduce` hand on, a place and the list, is nobody's mistake.
 * @throws OptionError where that is anything else
 */
export function noMore(what: string, further: readonly unknown[]): void {
  const [place, list] = further
  if (further.length === 0 || (typeof place === 'number' && Array.isArray(list))) return
  throw new OptionError(`${what}: ${show(further[0])} is one argument too many`)
}

/** The error for an option out of range: op, option, value, what it may be. */
export const optionError = (op: string, option: string, value: unknown, may: string): OptionError =>
  new OptionError(
    `${op}: ${option} is ${value === undefined ? 'missing' : show(value)}; it must be ${may}`,
  )

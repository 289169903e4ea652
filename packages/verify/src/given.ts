// What the public functions are given, looked at where a person calls them: a sentence says what
// was given, and who makes what is meant.
import { OptionError, optionError, readOptions, show } from '@backprove/graph'
import { conventions } from './conventions/conventions.ts'
import type { Repair } from './verdict/verdict.ts'

/** @throws OptionError where a value is not `what`, such as 'claim; parseClaim makes one' */
export function demandGiven(by: string, value: unknown, is: boolean, what: string): void {
  if (!is) throw new OptionError(`${by}: ${show(value)} is no ${what}`)
}

/** @throws OptionError where a value is no text */
export function textOf(by: string, text: unknown, role = 'formula'): string {
  if (typeof text === 'string') return text
  throw new OptionError(`${by}: the ${role} is ${show(text)}; it must be text`)
}

/** @throws OptionError where a value is no text, or a file's path in the place of what it holds */
export function documentOf(by: string, text: unknown): string {
  const document = textOf(by, text, 'document')
  if (!/^[^\s$]+\.(?:md|markdown|tex|txt)$/.test(document)) return document
  throw new OptionError(`${by}: ${show(document)} is a path; give the text that the file holds`)
}

/** What an option may be: a test, and the same in words. */
type Kind = readonly [is: (value: unknown) => boolean, words: string]

const isText = (value: unknown): boolean => typeof value === 'string'
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const areRecords = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null)
const isRecordWith = (key: string) => (value: unknown) =>
  typeof (value as Record<string, unknown> | null)?.[key] === 'function'

const conventionNames = conventions.map(({ name }) => name)
const areConventions = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => (conventionNames as unknown[]).includes(each))
const inWords = conventionNames.map((name) => `'${name}'`).join(', ')

const FLAG: Kind = [(value) => typeof value === 'boolean', 'true or false']

/** The options of all of them, each by its name: one name means one thing. */
const KINDS: Readonly<Record<string, Kind>> = {
  assume: [
    (value) => isText(value) || areTexts(value),
    "a claim such as 'x > 0', or a list of them",
  ],
  allow: [areTexts, "a list of verdicts, such as ['ambiguous', 'budget']"],
  certificates: FLAG,
  certify: FLAG,
  strict: FLAG,
  deadline: [(value) => typeof value === 'number' && value > 0, 'milliseconds, above 0'],
  conventions: [areConventions, `a list of ${inWords}`],
  operations: [(value) => typeof value === 'number' && value > 0, 'a number of them, above 0'],
  diagnose: [(value) => typeof value === 'function', 'a function that finds repairs'],
  reading: [areRecords, "a list such as [{ star: 'convolution', mode: 'full', kernel: 'right' }]"],
  sizes: [areRecords, "a list of { name: 'M', array: 'x', axis: 0 }"],
  work: [isRecordWith('left'), 'work as verify was given it'],
}

/** @throws OptionError for an option that is not of its kind */
export function demandOptions(by: string, options: object): void {
  for (const [name, value] of Object.entries(options)) {
    const [is, words] = KINDS[name]!
    if (value !== undefined && !is(value)) throw optionError(by, name, value, words)
  }
}

const optionsOfVerify = [
  'assume',
  'reading',
  'deadline',
  'work',
  'sizes',
  'diagnose',
  'certify',
  'conventions',
] as const

/** @throws OptionError for an option that verify does not have, or of another kind */
export function demandVerifyOptions(
  by: string,
  options: { readonly [Name in (typeof optionsOfVerify)[number]]?: unknown },
): void {
  readOptions(by, options, optionsOfVerify)
  demandOptions(by, options)
}

const isRepair = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'formula', 'message'].every((key) => isText((value as Record<string, unknown>)[key]))

/**
 * What a `diagnose` of a user found; undefined is nothing.
 * @throws OptionError for what are no repairs
 */
export function repairsFound(found: unknown): readonly Repair[] {
  if (found === undefined) return []
  if (Array.isArray(found) && found.every(isRepair)) return found
  const words = 'a list of repairs, each with a name, a formula and a message, or nothing'
  throw new OptionError(`verify: diagnose gave ${show(found)}; it must give ${words}`)
}

/** One assumption may be given as it stands. */
export type Assuming<Options> = Omit<Options, 'assume'> & {
  readonly assume?: string | readonly string[]
}

/** One assumption as a list of one; an option that is undefined is not given. */
export function listed<Options extends { readonly assume?: string | readonly string[] }>(
  options: Options,
): Omit<Options, 'assume'> & { readonly assume?: readonly string[] } {
  const { assume, ...others } = options
  if (assume === undefined) return others
  return { ...others, assume: typeof assume === 'string' ? [assume] : assume }
}

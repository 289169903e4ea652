// The tools beside `verify` as users call them: claims, networks and derivations read and written.
// What they are given is looked at first.
import { Node, noMore, OptionError, show } from '@backprove/graph'
import type { DerivationStep } from './derivation/derivation.ts'
import { type DerivationFormat, formatDerivation as writeDerivation } from './derivation/format.ts'
import type { NetworkText } from './document/network/lines.ts'
import { readNetwork as read } from './document/network-text.ts'
import { type Assuming, demandGiven, demandVerifyOptions, listed, textOf } from './given.ts'
import { printClaim as print } from './language/print/print.ts'
import type { Claim, Style } from './language/syntax.ts'
import { type BuiltNetwork, buildNetwork as build } from './notes/network/build-network.ts'
import type { EditContext } from './repair/edit.ts'
import { type Mutation, mutations as mutate } from './repair/mutations.ts'
import type { VerifyOptions } from './run.ts'
import { english, type Language } from './sentences/english/english.ts'
import { messageOf as writeMessage } from './sentences/repairs.ts'
import { translated as translate } from './sentences/sentence.ts'
import { format as write, formatReading as writeReading } from './verdict/format.ts'
import type { Reading, Repair, Verdict } from './verdict/verdict.ts'
import { verifyParsed as judge } from './verify.ts'

const isClaim = (value: unknown): boolean =>
  Array.isArray((value as Claim | undefined)?.operands) && Array.isArray((value as Claim).relations)

const CLAIM = 'claim; parseClaim reads one'

const LANGUAGE = 'language; english and chinese are'

const demandLanguage = (what: string, given: unknown): void =>
  demandGiven(what, given, typeof (given as Language | null)?.sentences === 'object', LANGUAGE)

/**
 * The verdict in some lines; in English unless a language is given: `format(verdict, chinese)`.
 * @throws OptionError for what is no verdict, or no language
 */
export function format(verdict: Verdict, language?: Language): string
export function format(
  verdict: Verdict,
  language: Language = english,
  ...further: readonly unknown[]
): string {
  noMore('format', further)
  const isVerdict = typeof verdict === 'object' && verdict !== null
  demandGiven('format', verdict, isVerdict, 'verdict; verify gives one')
  demandLanguage('format', language)
  return write(verdict, language)
}

/** How the stars of a claim were read. @throws OptionError for what is no reading or language */
export const formatReading = (reading: Reading, language: Language = english): string => {
  demandGiven('formatReading', reading, Array.isArray(reading), 'reading; a verdict has one')
  demandLanguage('formatReading', language)
  return writeReading(reading, language)
}

/**
 * The message of a repair in a language, made of the codes and values of its edits.
 * @throws OptionError for what is no repair or language
 */
export const messageOf = (repair: Repair, language: Language): string => {
  const isRepair = Array.isArray((repair as Repair | null)?.edits)
  demandGiven('messageOf', repair, isRepair, 'repair; a refuted verdict has them')
  demandLanguage('messageOf', language)
  return writeMessage(repair, language)
}

/**
 * A reason of a verdict or a report in a language; what it has no sentence for stays English.
 * @throws OptionError for what is no text or language
 */
export const translated = (reason: string, language: Language): string => {
  demandGiven('translated', reason, typeof reason === 'string', 'text; a verdict has its reason')
  demandLanguage('translated', language)
  return translate(reason, language)
}

/**
 * The steps in order, numbered; each with what it passes and what was proved of it.
 * @throws OptionError for what are no steps, or another format
 */
export const formatDerivation = (
  steps: readonly DerivationStep[],
  format: DerivationFormat = 'text',
): string => {
  const isStep = (step: unknown): boolean => Array.isArray((step as DerivationStep | null)?.passes)
  const are = Array.isArray(steps) && steps.every(isStep)
  demandGiven('formatDerivation', steps, are, 'derivation; derivation(cost, wrt) gives one')
  return writeDerivation(steps, format)
}

/**
 * The whole claim, in the style in which it was written unless another is asked for.
 * @throws OptionError for what is no claim, or another style
 */
export const printClaim = (claim: Claim, style?: Style): string => {
  demandGiven('printClaim', claim, isClaim(claim), CLAIM)
  const isStyle = style === undefined || style === 'text' || style === 'latex'
  demandGiven('printClaim', style, isStyle, "style; 'text' and 'latex' are")
  return print(claim, style)
}

/**
 * Reads the text of a ```network block, line by line.
 * @throws ClaimError for what it cannot read, with its place; OptionError for what is no text
 */
export const readNetwork = (text: string): NetworkText =>
  read(textOf('readNetwork', text, 'network'))

/**
 * Records a network that was read from text.
 * @throws ClaimError for a line that does not fit what stands above it, with its place; OptionError
 *   for what is no network
 */
export const buildNetwork = (text: NetworkText): BuiltNetwork => {
  const { kind } = (text ?? {}) as Partial<NetworkText>
  const is = kind === 'named' || kind === 'lines'
  demandGiven('buildNetwork', text, is, 'network; readNetwork(text) reads one')
  return build(text)
}

/**
 * Every mistake at every place of the formula, each formula once.
 * @throws OptionError for what is no claim, and no context
 */
export const mutations = (right: Claim, context: EditContext): Mutation[] => {
  demandGiven('mutations', right, isClaim(right), CLAIM)
  const isContext = Array.isArray((context as EditContext | undefined)?.scope?.names)
  demandGiven('mutations', context, isContext, 'context of a network: it has a scope and its names')
  return mutate(right, context)
}

/**
 * The verdict of a claim that is already read.
 * @throws OptionError for no cost, no claim, or an option that verify does not have
 */
export const verifyParsed = (
  cost: Node,
  claim: Claim,
  options: Assuming<VerifyOptions> = {},
): Verdict => {
  demandGiven('verifyParsed', cost, cost instanceof Node, 'cost of a network')
  demandGiven('verifyParsed', claim, isClaim(claim), CLAIM)
  demandVerifyOptions('verifyParsed', options)
  return judge(cost, claim, listed(options))
}

/**
 * The text of a claim, with names of nodes and numbers in its gaps: f`δ^l = ${w} δ`. It is a
 * string, because text that is ill-formed is a verdict and not an exception.
 * @throws OptionError for a node without a name
 */
export const f = (
  strings: TemplateStringsArray,
  ...values: readonly (string | number | { readonly name?: string })[]
): string => {
  if (!Array.isArray(strings?.raw)) {
    throw new OptionError('f: it stands before a template: f`δ = …`')
  }
  const texts = values.map((value) => {
    if (typeof value === 'string' || typeof value === 'number') return value
    if (typeof value?.name === 'string') return value.name
    throw new OptionError(`f: ${show(value)} has no name; node.as('z') gives one`)
  })
  return String.raw(strings, ...texts)
}

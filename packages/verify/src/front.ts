// The public functions as users call them: what they give is looked at first. A misspelt option is
// refused with a near name, a model stands for its cost, and one assumption needs no list; what the
// text of a formula says is a verdict, never an error.
import { describeNode, Node, OptionError, readOptions, show } from '@backprove/graph'
import { type DerivationStep, derivation as derivationOf } from './derivation/derivation.ts'
import {
  type Assuming,
  demandOptions,
  demandVerifyOptions,
  documentOf,
  listed,
  textOf,
} from './given.ts'
import type { SizeLetters } from './network/network.ts'
import { checkNotes as check } from './notes/check.ts'
import type { CheckOptions } from './notes/check-notes.ts'
import type { Report } from './notes/report.ts'
import { type Session, type SessionOptions, session as sessionOf } from './notes/session/session.ts'
import { verify as verifyWithRepairs } from './notes/verify-with-repairs.ts'
import type { VerifyOptions } from './run.ts'
import { answer, shownReport, shownStep } from './verdict/shown.ts'
import { type SizeOptions, verifySizes as sizes } from './verdict/sizes.ts'
import type { Verdict } from './verdict/verdict.ts'
import { type EqualOptions, verifyEqual as equal } from './verify-equal.ts'

/** The cost of a network, or a model that has one; a network of a text knows its lengths' letters. */
export type Subject = Node | { readonly cost: Node; readonly sizes?: SizeLetters }

/**
 * Proves or refutes a formula about the network of a cost, in the names of its graph; a refuted one
 * comes with the shortest repairs. Never throws for what the text says: that is a verdict too.
 * @throws OptionError for a cost that is none, a claim that is no text, an option it does not have
 */
export const verify = (
  cost: Subject,
  claim: string,
  options: Assuming<VerifyOptions> = {},
): Verdict => {
  demandVerifyOptions('verify', options)
  const sizes = cost instanceof Node ? undefined : cost?.sizes
  if (sizes) demandVerifyOptions('verify', { sizes })
  const all = listed({ ...(sizes && { sizes }), ...options })
  return answer(verifyWithRepairs(costOf('verify', cost), textOf('verify', claim), all))
}

/**
 * Proves or refutes that two nodes have the same value, whatever is fed. The lengths are the
 * recorded ones: adjoints have lengths in their options.
 * @throws OptionError for what is no node, or an option it does not have
 */
export const verifyEqual = (a: Node, b: Node, options: EqualOptions = {}): Verdict => {
  readOptions('verifyEqual', options, ['deadline'])
  demandOptions('verifyEqual', options)
  for (const node of [a, b]) requireNode('verifyEqual', node)
  if (a.graph !== b.graph) {
    throw new OptionError('verifyEqual: the two nodes belong to different graphs')
  }
  return answer(equal(a, b, options))
}

/**
 * Proves or refutes a claim about integers: every name is a length, at least 1, and p, q, r a
 * padding or remainder, at least 0.
 * @throws OptionError for a claim that is no text, or an option it does not have
 */
export const verifySizes = (claim: string, options: Assuming<SizeOptions> = {}): Verdict => {
  readOptions('verifySizes', options, ['assume', 'deadline', 'work'])
  demandOptions('verifySizes', options)
  return answer(sizes(textOf('verifySizes', claim), listed(options)))
}

/**
 * A verdict for every formula of a Markdown document. The formulas speak of the ```network block
 * above them; where there is none, of the usual network in which they fare best.
 * @throws ClaimError for a document beyond the limits of size
 * @throws OptionError for a document that is no text, or an option it does not have
 */
export const checkNotes = (
  markdown: string,
  options: CheckOptions & Pick<VerifyOptions, 'diagnose'> = {},
): Report => {
  const known = [
    ...(['deadline', 'operations', 'certificates', 'allow', 'strict', 'diagnose'] as const),
  ]
  readOptions('checkNotes', options, known)
  demandOptions('checkNotes', options)
  return shownReport(check(documentOf('checkNotes', markdown), options))
}

/**
 * A document that is checked again and again, as an editor does: only what changed is judged.
 * @throws OptionError for an option it does not have
 */
export const session = (options: SessionOptions = {}): Session => {
  readOptions('session', options, ['operations', 'certificates', 'allow'])
  demandOptions('session', options)
  const open = sessionOf(options)
  return { check: (text) => open.check(documentOf('check', text)) }
}

/**
 * The derivation of ∂cost/∂wrt, backwards through every named array that the cost reaches it by;
 * of weights, the bias beside them comes last. Without an array it is by every parameter of the
 * cost. Each step is verified by itself.
 * @throws OptionError for what is no node, or a cost without parameters where no array is given
 */
export const derivation = (cost: Subject, wrt?: Node): DerivationStep[] => {
  const node = costOf('derivation', cost)
  if (wrt === undefined) return derivedByAll(node)
  requireNode('derivation', wrt)
  if (wrt.graph !== node.graph) {
    throw new OptionError(`derivation: ${describeNode(wrt)} belongs to another graph than the cost`)
  }
  if (wrt === node) {
    throw new OptionError(`derivation: ${describeNode(wrt)} is the cost itself, and ∂C/∂C is 1`)
  }
  return derivationOf(node, wrt).map(shownStep)
}

function derivedByAll(cost: Node): DerivationStep[] {
  const steps = derivationOf(cost)
  if (steps.length > 0) return steps.map(shownStep)
  const made = describeNode(cost)
  throw new OptionError(
    `derivation: ${made} has no parameters; say by which array: derivation(C, x)`,
  )
}

function requireNode(what: string, value: unknown): void {
  if (!(value instanceof Node))
    throw new OptionError(
      `${what}: ${show(value)} is not a node${typeof value === 'string' ? `; is graph.node(${show(value)}) meant?` : ''}`,
    )
}

function costOf(what: string, given: unknown): Node {
  const cost = given instanceof Node ? given : (given as { cost?: unknown } | null)?.cost
  if (!(cost instanceof Node)) {
    const shown = show(cost ?? given)
    throw new OptionError(`${what}: ${shown} is neither the cost of a network nor a model`)
  }
  if (cost.shape.length > 0) {
    throw new OptionError(`${what}: the cost has shape [${cost.shape}], not that of one number`)
  }
  return cost
}

// What authors leave unwritten and readers supply. The list is closed; a formula that is true under
// one of them, and not as it stands, holds *if* — it is never proved.
import { mayCountFromZero } from '../language/names/origin.ts'
import { type Choice, type Choices, usualChoices } from '../language/resolve/context.ts'
import type { How } from '../language/resolve/resolve.ts'
import type { ResolvedClaim, Scope } from '../language/resolved.ts'
import type { Claim } from '../language/syntax.ts'
import type { Network } from '../network/network.ts'
import { withAdjoints } from './adjoints.ts'
import { ofEachExample } from './example-gradients.ts'
import { overExamples } from './examples.ts'
import { hasJacobian, hasRowOfOnes } from './has-jacobian.ts'
import { inDefinitionsToo } from './in-definitions.ts'
import { ofOneLayer } from './layers.ts'
import { ofEachEntry, withIndexWritten, withRowsWritten } from './left-out-index.ts'
import type { ConventionName } from './names.ts'
import { asBroadcast, asBroadcastFactors, isOfProgram } from './of-program.ts'
import { ofClasses } from './one-hot.ts'
import { withOwnSigma } from './own-sigma.ts'
import { summed, summedElsewhere } from './summation.ts'
import { targetsAreClasses, targetsSumToOne } from './targets.ts'

/** A claim as it is read under a convention. */
export interface Reread {
  readonly claim: Claim
  readonly how: How
  readonly assumptions: readonly ResolvedClaim[]
}

export interface Convention {
  readonly name: ConventionName
  /** As a verdict says it: ‘holds if …’. */
  readonly says: string
  /** Where nobody declares it: when it is tried. `isMisfit`: the sides do not fit as they stand. */
  readonly isWorthwhile?: (scope: Scope, isMisfit: boolean) => boolean
  /** Where that is said it is so anyway. */
  readonly impliedBy?: ConventionName
  /** It says which shapes fit. */
  readonly isOfShapes?: boolean
  /** It says what a name means: one formula has it everywhere, or nowhere. */
  readonly isOfNames?: boolean
  /** A document may say so; nothing is tried under it otherwise, for it is one of the readings. */
  readonly isDeclared?: boolean
  /** Where a document says it at its head: whatever the claim looks like. */
  readonly always?: (given: Reread, network: Network) => Reread | undefined
  /** Where a document says it and the sides do not fit otherwise. */
  readonly ifMisfit?: Convention['read']
  /** Undefined where it says nothing about the claim. */
  readonly read: (given: Reread, network: Network, open: readonly Choice[]) => Reread | undefined
}

export const countsFromZero = 'indices count from 0'

const rewritingOf =
  (rewritten: (claim: Claim, network: Network) => Claim | undefined) =>
  (given: Reread, network: Network): Reread | undefined => {
    const claim = rewritten(given.claim, network)
    return claim && { ...given, claim }
  }

const rewriting = (rewritten: (claim: Claim, scope: Scope) => Claim | undefined) =>
  rewritingOf((claim, { scope }) => rewritten(claim, scope))

const assuming =
  (found: (network: Network) => readonly ResolvedClaim[]) =>
  (given: Reread, network: Network): Reread | undefined => {
    const assumptions = found(network)
    return assumptions.length > 0
      ? { ...given, assumptions: [...given.assumptions, ...assumptions] }
      : undefined
  }

const sumsToOne = assuming(targetsSumToOne)
const areClasses = assuming(targetsAreClasses)

const both =
  (first: Convention['read'], second: Convention['read']): Convention['read'] =>
  (given, network, open) => {
    const read = first(given, network, open)
    return read && second(read, network, open)
  }

const sumsOver = rewriting(inDefinitionsToo(overExamples))
const examplesApart: Convention['read'] = rewritingOf(inDefinitionsToo(ofEachExample))

const choosing =
  <K extends Choice>(choice: K, value: Choices[K]): Convention['read'] =>
  (given, _, open) =>
    open.includes(choice)
      ? { ...given, how: { ...given.how, choices: { ...given.how.choices, [choice]: value } } }
      : undefined

const withRows = choosing('vectors', 'rows')
const withRowGradients = choosing('gradients', 'rows')

const inner = {
  name: 'inner products',
  says: 'two vectors side by side are their inner product',
} as const

const leftOut = {
  name: 'entries',
  says: 'a vector without its index is its entry at the index beside it',
} as const

const broadcast: Omit<Convention, 'read'> = {
  name: 'broadcast',
  says: 'arrays are broadcast and products entry by entry, as in NumPy',
  isWorthwhile: (_, isMisfit) => isMisfit,
}

export const conventions: readonly Convention[] = [
  {
    name: 'count from 0',
    says: countsFromZero,
    always: (given) => ({ ...given, how: { ...given.how, origin: 0 } }),
    read: (given, { scope }) =>
      mayCountFromZero(given.claim, scope)
        ? { ...given, how: { ...given.how, origin: 0 } }
        : undefined,
  },
  { name: 'Σt = 1', says: 'the targets sum to 1', impliedBy: 'one-hot', read: sumsToOne },
  {
    name: 'rows',
    says: 'a vector beside a matrix stands beside every row, or a column beside every column',
    read: choosing('spread', 'rows'),
  },
  {
    name: 'row vectors',
    says: 'vectors are rows',
    isOfShapes: true,
    isWorthwhile: ({ hasRowVectors }, isMisfit) => isMisfit && hasRowVectors === true,
    read: withRows,
  },
  {
    name: 'row vectors, Σt = 1',
    says: 'vectors are rows and the targets sum to 1',
    isOfShapes: true,
    isWorthwhile: ({ hasRowVectors }, isMisfit) => isMisfit && hasRowVectors === true,
    read: both(withRows, sumsToOne),
  },
  {
    name: 'row gradients',
    says: 'gradients of vectors are rows, as in ∂C/∂x = ∂C/∂y ∂y/∂x',
    isWorthwhile: (_, isMisfit) => isMisfit,
    ifMisfit: withRowGradients,
    read: (given, network, open) =>
      hasRowOfOnes(given.claim) || hasJacobian(given.claim, network.scope)
        ? withRowGradients(given, network, open)
        : undefined,
  },
  {
    name: 'denominator layout',
    says: 'Jacobians have a row for each variable, as in ∂C/∂x = ∂y/∂x ∂C/∂y',
    read: choosing('jacobians', 'denominator'),
  },
  {
    name: 'σ is the activation',
    says: 'σ is the activation of the network',
    always: rewriting((claim, scope) => withOwnSigma(claim, { ...scope, hasSigmoid: false })),
    read: rewriting(withOwnSigma),
  },
  {
    name: 'program',
    says: broadcast.says,
    isOfShapes: true,
    read: (given, { scope }) =>
      isOfProgram(given.claim, scope)
        ? { ...given, claim: { ...given.claim, program: true } }
        : undefined,
  },
  {
    name: 'columns',
    says: 'vectors are columns, of shape (n, 1)',
    isOfShapes: true,
    isWorthwhile: (_, isMisfit) => isMisfit,
    read: (given) =>
      given.claim.program && !given.claim.columns
        ? { ...given, claim: { ...given.claim, columns: true } }
        : undefined,
  },
  {
    name: '* = ⊙',
    says: '* is entry by entry',
    isDeclared: true,
    read: (given, network) => choosing('stars', 'entrywise')(given, network, ['stars']),
  },
  {
    name: 'adjoints',
    says: 'v̄ is ∂C/∂v',
    read: rewriting(inDefinitionsToo(withAdjoints)),
  },
  {
    name: 'layers',
    says: 'what has no layer is of one layer, whichever it is',
    isWorthwhile: (_, isMisfit) => isMisfit,
    read: rewriting(ofOneLayer),
  },
  {
    name: 'example gradients',
    says: 'gradients by arrays of the examples are those of the sum of their losses',
    isOfNames: true,
    read: examplesApart,
  },
  {
    name: 'example gradients, Σt = 1',
    says: 'gradients by arrays of the examples are those of their losses, and targets sum to 1',
    isOfNames: true,
    read: both(examplesApart, sumsToOne),
  },
  {
    name: 'example gradients, Σ',
    says: 'Σ runs over the examples, and their gradients are those of the sum of their losses',
    isOfNames: true,
    isWorthwhile: (_, isMisfit) => isMisfit,
    read: both(examplesApart, sumsOver),
  },
  {
    name: 'examples',
    says: 'Σ runs over the examples, whose index is left out',
    read: sumsOver,
  },
  {
    name: 'summation',
    says: 'an index that stands twice in a product is summed over',
    always: rewriting(inDefinitionsToo(summed)),
    read: rewriting(inDefinitionsToo(summedElsewhere)),
  },
  { ...inner, read: choosing('dots', 'beside') },
  { ...inner, read: choosing('dots', 'beside last') },
  {
    name: 'one-hot',
    says: 'the targets are one-hot: 1 at their class, and 0 elsewhere',
    always: (given, network) =>
      areClasses(
        { ...given, claim: ofClasses(given.claim, network)?.claim ?? given.claim },
        network,
      ),
    read: (given, network) => {
      const read = ofClasses(given.claim, network)
      const assume = read?.hasSlope ? areClasses : sumsToOne
      return read && assume({ ...given, claim: read.claim }, network)
    },
  },
  { ...leftOut, read: rewriting(withIndexWritten) },
  { ...leftOut, read: rewriting(withRowsWritten) },
  {
    name: 'entry slopes',
    says: '∂a/∂z of what is computed entry by entry is the derivative of each entry',
    read: rewritingOf(ofEachEntry),
  },
  { ...broadcast, read: rewriting(asBroadcast) },
  { ...broadcast, read: rewriting(asBroadcastFactors) },
]

export const asWritten = (claim: Claim): Reread => ({
  claim,
  how: { origin: 1, choices: usualChoices },
  assumptions: [],
})

// The true formula beside a refuted one: what the left side is, as the graph says it, proved, and
// set against theirs term by term.
import {
  chainStep,
  consumersOf,
  formula,
  GradError,
  grad,
  latex,
  type Node,
} from '@backprove/graph'
import { BudgetExceeded, type Work } from '../../arithmetic/budget.ts'
import { expressionText, printClaim } from '../../language/print/print.ts'
import { parseClaim } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import type { Resolved, ResolvedClaim } from '../../language/resolved.ts'
import { type Claim, ClaimError, type Expression } from '../../language/syntax.ts'
import type { Network } from '../../network/network.ts'
import { wordsOf } from '../../verdict/assumptions.ts'
import type { Repair, Verdict } from '../../verdict/verdict.ts'
import { ownNames } from '../own-names.ts'
import { isDifferential } from '../products.ts'
import { asProgram } from './as-program.ts'
import { byTerms } from './by-terms.ts'
import { repairOf } from './comparison.ts'
import { withLengths, withNumbersInFront } from './numbers.ts'
import { outputErrors } from './output-errors.ts'
import {
  errorsIn,
  holds,
  inTheirLetters,
  sidesOf,
  unturned,
  withDerivatives,
  withDifferentials,
} from './their-notation.ts'

export interface RightFormulaRequest {
  readonly claim: Claim
  readonly network: Network
  readonly judge: (claim: Claim, work: Work) => Verdict
  /** What one point says of a claim. */
  readonly look: (claim: Claim) => 'false' | 'unseen' | 'open'
  readonly work: Work
}

/** A node of the graph, or the cost’s derivative by one; an entry of it or the whole array. */
interface Subject {
  readonly node: Node
  readonly isDerivative: boolean
  readonly isEntry: boolean
}

const nodeOf = (array: Resolved | undefined, { nodes }: Network): Node | undefined =>
  array?.kind === 'array' ? nodes.get(array.name) : undefined

const subjectOf = (left: Resolved, network: Network): Subject | undefined => {
  const isEntry = left.kind === 'entry'
  const whole = isEntry ? left.array : left
  if (whole.kind === 'derivative') {
    const [by, ...others] = whole.by
    const isOfCost = whole.of.kind === 'cost' || nodeOf(whole.of, network) === network.cost
    const inner = by?.kind === 'entry' ? by.array : by
    const node = nodeOf(inner, network)
    if (!node || others.length > 0 || !isOfCost) return undefined
    return { node, isDerivative: true, isEntry: isEntry || by?.kind === 'entry' }
  }
  const node = nodeOf(whole, network)
  return node && !node.op.traits?.leaf ? { node, isDerivative: false, isEntry } : undefined
}

/** Each way in which the graph can print the subject, the most telling first. */
function* printed(subject: Subject, cost: Node, isLatex: boolean): Generator<string> {
  const { node, isDerivative, isEntry } = subject
  const print = isLatex ? latex : formula
  const aliases = node.graph.namesOf(node).length
  // Of whole arrays too where its entries need names for parts.
  for (const form of isEntry ? (['index', 'layer'] as const) : (['layer'] as const)) {
    const sides = sidesOf(
      print(isDerivative ? grad(cost, node, { unused: 'zero' }) : node, { form }),
    )
    // Of an array with two names one is no answer to what the other is.
    const isName = (side: string) => !isDerivative && !/\s/.test(side) && aliases > 1
    for (const side of sides.slice(1)) if (!isName(side)) yield `${sides[0]} = ${side}`
    if (!isDerivative) continue
    const { left, right } = chainStep(cost, node, consumersOf(cost, node), form)
    yield isLatex ? `${left.latex} = ${right.latex}` : `${left.text} = ${right.text}`
  }
}

/** No lines of definitions, no parts that have a number for a name. */
const isSelfContained = (text: string): boolean => !/\n|aligned|[vK]\^\{\(\d/.test(text)

/** At most so many times as long as theirs, or as a short formula: a dump of terms helps nobody. */
const longest = 2
const short = 24
/** What is longer is said to be, up to here. */
const mostCharacters = 400

const lengthOf = (text: string): number => text.replaceAll(/\s|\\[a-z]+|[{}]/gi, '').length

/** A line of a program, or dZ = dA * (Z > 0), which may be one. */
const isOfArrays = ({ program, style, operands }: Claim): boolean =>
  program === true ||
  (style === 'text' &&
    operands.some((side) => holds(side, isDifferential)) &&
    !operands.some((side) => holds(side, ({ kind }) => kind === 'reduction' || kind === 'entry')) &&
    operands.some((side) => holds(side, ({ kind }) => kind === 'star')))

interface Candidate {
  readonly text: string
  /** By moves of the prover: what is left to be seen is that it was written down well. */
  readonly isDerived: boolean
  /** Short, and true of one network in two: worth a longer proof. */
  readonly isOfOutput?: boolean
}

/** As the graph prints it, which is in its names for errors; in arrays for lines of programs. */
function* candidates(
  read: ResolvedClaim,
  claim: Claim,
  { network, work }: RightFormulaRequest,
  words: readonly string[],
): Generator<Candidate> {
  const subject = subjectOf(read.operands[0]!, network)
  if (subject?.isDerivative)
    for (const text of outputErrors(claim, subject.node, subject.isEntry, network.scope))
      yield { text, isDerived: true, isOfOutput: true }
  // Who tells it by ∂C/∂h is told by that, and only then by ∂C/∂μ.
  const own = errorsIn(claim.operands[1]!, network.scope)
  const isOwn = ({ text }: Candidate) =>
    own.length === 0 ||
    errorsIn(parseClaim(text, { words }).operands[1]!, network.scope).every((each) =>
      own.includes(each),
    )
  const texts = subject ? [...printed(subject, network.cost, claim.style === 'latex')] : []
  const whole = texts.filter(isSelfContained).map((text) => ({ text, isDerived: false }))
  const isLine = isOfArrays(claim)
  if (!isLine) yield* whole.filter(isOwn)
  const entries = [...byTerms(read, network, work.part(work.left() * mostForTerms))]
    .filter(isSelfContained)
    .map((text) => ({ text, isDerived: true }))
  yield* entries.filter((each) => isLine || isOwn(each))
  yield* whole
  yield* entries
}

/** What has no form of theirs is told in its own. */
const mostLate = 2

/** What a proof of one candidate may take: others come after it. */
const operationsForProof = 30_000
const operationsForOutput = 200_000

/** The share of the work for what the prover has as terms. */
const mostForTerms = 0.7

/**
 * The true right-hand side of a refuted equation whose left side the graph has, if it can be
 * printed in at most twice the length of theirs and is proved.
 */
export const rightFormula = (request: RightFormulaRequest): Repair | undefined => {
  const { claim, network, judge, look, work } = request
  if (claim.relations.join() !== '=' || claim.operands.length !== 2) return undefined
  try {
    const [reading] = resolve(claim, network.scope)
    // Of a claim about every layer, what is true of the first.
    const read = reading?.instances[0]?.claim
    if (!read) return undefined
    const isOfOne = reading.instances.length > 1
    const { respelled } = ownNames(claim, network.scope)
    const words = wordsOf(network)
    const theirSide = expressionText(claim.operands[1]!, 'text')
    const theirs = lengthOf(theirSide)
    const isLong = ({ text }: Candidate) =>
      lengthOf(sidesOf(text).at(-1)!) > longest * Math.max(theirs, short)
    const isForArrays = isOfArrays(claim)
    const { sizes = [] } = network.scope
    // Who writes 1/m means the m of this network.
    const isLength = (node: Expression) =>
      node.kind === 'name' && sizes.some(({ name }) => name === node.base)
    const hasLengths = holds(claim.operands[1]!, isLength)
    const isNamedSo = claim.operands.some((side) => holds(side, isDifferential))
    const said = new Set(claim.where.map(({ name }) => name))
    const isSaid = (node: Expression) => node.kind === 'name' && said.has(node.base)
    const longer: Candidate[] = []
    const judged = (each: Candidate, right: Claim, isOfAll: boolean): Repair | undefined => {
      // Of a δ that is said otherwise it would be false.
      if (right.operands.some((side) => holds(side, isSaid))) return undefined
      const seen = look(right)
      if (seen === 'false') return undefined
      const verdict = judge(
        right,
        work.part(each.isOfOutput ? operationsForOutput : operationsForProof),
      )
      if (verdict.kind === 'refuted') return undefined
      const isProved = verdict.kind === 'proved' && !verdict.trivial
      // A letter for a number is told where it holds of other lengths too.
      if (isOfAll)
        return isProved && verdict.scope !== 'shape' ? told(each, right, true) : undefined
      // What was derived and holds at a point is told; so is what the graph says of a long one.
      const isSeen = seen === 'open'
      if (!isProved && !isSeen && !(isLong(each) && verdict.kind === 'agrees')) return undefined
      return told(each, right, isProved)
    }
    const told = (each: Candidate, right: Claim, isProved: boolean): Repair =>
      repairOf(claim, { ...right, style: claim.style }, { isLong: isLong(each), isProved, isOfOne })
    const isTold = (each: Candidate, isInEntries = false): Repair | undefined => {
      const own = respelled(parseClaim(each.text, { words }))
      const printed = unturned(inTheirLetters(own, claim, network.scope))
      const entries = withDerivatives(printed, claim, network.scope)
      const line = isForArrays && !isInEntries ? asProgram(entries) : undefined
      // What is judged is what they will type.
      const array = line && parseClaim(printClaim(line), { words, style: 'text' })
      if (isForArrays && !isInEntries && !array) return undefined
      const plain = array ?? (isNamedSo ? withDifferentials(entries) : entries)
      const inFront = array ?? withNumbersInFront(plain, network.scope)
      const lettered = array ? undefined : withLengths(inFront, network.scope)
      for (const right of new Set([...(lettered ? [lettered] : []), inFront, plain])) {
        const told = judged(each, right, right === lettered && !hasLengths)
        if (told) return told
      }
      return undefined
    }
    const [all, known]: [Candidate[], Set<string>] = [[], new Set()]
    for (const each of candidates(read, claim, request, words)) {
      if (known.has(each.text) || each.text.length > mostCharacters) continue
      known.add(each.text)
      if (isLong(each)) longer.push(each)
      else {
        all.push(each)
        const told = isTold(each)
        if (told) return told
      }
    }
    longer.sort((a, b) => lengthOf(a.text) - lengthOf(b.text))
    for (const each of [...longer, ...(isForArrays ? all : [])].slice(0, mostLate)) {
      const told = isTold(each, true)
      if (told) return told
    }
  } catch (error) {
    const isAnswer = error instanceof ClaimError || error instanceof GradError
    if (!isAnswer && !(error instanceof BudgetExceeded)) throw error
  }
  return undefined
}

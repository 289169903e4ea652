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
import { BudgetExceeded, type Work } from '../arithmetic/budget.ts'
import { expressionText } from '../language/print/print.ts'
import { parseClaim } from '../language/read/claim.ts'
import { resolve } from '../language/resolve/resolve.ts'
import type { Resolved } from '../language/resolved.ts'
import { type Claim, ClaimError, type Expression } from '../language/syntax.ts'
import type { Network } from '../network/network.ts'
import type { Repair, Verdict } from '../verdict/verdict.ts'

export interface RightFormulaRequest {
  readonly claim: Claim
  readonly network: Network
  readonly judge: (claim: Claim, work: Work) => Verdict
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

/** Sides of a chain; signs inside brackets, as in [a = max], are not between sides. */
const sidesOf = (text: string): string[] => text.split(/ = (?![^[({]*[\])}])/)

/** Each way in which the graph can print the subject, the most telling first. */
function* printed(subject: Subject, cost: Node, isLatex: boolean): Generator<string> {
  const { node, isDerivative, isEntry } = subject
  const print = isLatex ? latex : formula
  // Of whole arrays too where its entries need names for parts.
  for (const form of isEntry ? (['index', 'layer'] as const) : (['layer'] as const)) {
    const sides = sidesOf(
      print(isDerivative ? grad(cost, node, { unused: 'zero' }) : node, { form }),
    )
    for (const side of sides.slice(1)) yield `${sides[0]} = ${side}`
    if (!isDerivative) continue
    const { left, right } = chainStep(cost, node, consumersOf(cost, node), form)
    yield isLatex ? `${left.latex} = ${right.latex}` : `${left.text} = ${right.text}`
  }
}

/** Lines of definitions, and parts that have a number for a name. */
const isSelfContained = (text: string): boolean => !/\n|aligned|[vK]\^\{\(\d/.test(text)

/** At most so many times as long as theirs, or as a short formula: a dump of terms helps nobody. */
const longest = 2
const short = 24
/** What is longer is said to be, up to here. */
const mostCharacters = 400

const lengthOf = (text: string): number => text.replaceAll(/\s|\\[a-z]+|[{}]/gi, '').length

const termsOf = (side: Expression): readonly Expression[] =>
  side.kind === 'addition' ? side.terms : [side]

const quoted = (terms: readonly string[]): string => terms.map((term) => `‘${term}’`).join(', ')

/** Which terms agree, which are too many, which are missing. */
const comparison = (theirs: Claim, right: Claim): string => {
  const [own, true_] = [theirs, right].map(({ operands }) =>
    termsOf(operands[1]!).map((term) => expressionText(term, 'text')),
  ) as [string[], string[]]
  const agreeing = own.filter((term) => true_.includes(term))
  if (agreeing.length === 0) return ''
  const [extra, missing] = [
    own.filter((term) => !true_.includes(term)),
    true_.filter((term) => !own.includes(term)),
  ]
  const parts = [
    `${quoted(agreeing)} is right`,
    ...(extra.length > 0 ? [`${quoted(extra)} is not`] : []),
    ...(missing.length > 0 ? [`${quoted(missing)} is missing`] : []),
  ]
  return ` In yours ${parts.join('; ')}.`
}

/** How many terms it has, and the first that theirs has not. */
const firstMissing = (theirs: Claim, right: Claim): string => {
  const [own, terms] = [theirs, right].map(({ operands }) =>
    termsOf(operands[1]!).map((term) => expressionText(term, 'text')),
  ) as [string[], string[]]
  const missing = terms.find((term) => !own.includes(term)) ?? terms[0]!
  const count = terms.length === 1 ? 'it is one term' : `it has ${terms.length} terms`
  return `${count}; the first that you do not have is ‘${missing}’.`
}

/** The share of the work that a proof of one candidate may take. */
const mostForProof = 0.5

/**
 * The true right-hand side of a refuted equation whose left side the graph has, if it can be
 * printed in at most twice the length of theirs and is proved.
 */
export const rightFormula = (request: RightFormulaRequest): Repair | undefined => {
  const { claim, network, judge, work } = request
  if (claim.relations.join() !== '=' || claim.operands.length !== 2) return undefined
  try {
    const [reading] = resolve(claim, network.scope)
    const left = reading?.instances[0]?.claim.operands[0]
    const subject = left && subjectOf(left, network)
    if (!subject || reading.instances.length > 1) return undefined
    const words = network.scope.names.map(({ base }) => base).filter((base) => [...base].length > 1)
    const theirSide = expressionText(claim.operands[1]!, 'text')
    const theirs = lengthOf(theirSide)
    const isLong = (text: string) =>
      lengthOf(sidesOf(text).at(-1)!) > longest * Math.max(theirs, short)
    const all = [...printed(subject, network.cost, claim.style === 'latex')].filter(isSelfContained)
    const [shorter, longer] = [all.filter((text) => !isLong(text)), all.filter(isLong)]
    for (const text of [...shorter, ...longer.slice(0, 1)]) {
      if (text.length > mostCharacters) continue
      const right = parseClaim(text, { words })
      const verdict = judge(right, work.part(work.left() * mostForProof))
      const holds = verdict.kind === 'proved' && !verdict.trivial
      // What the graph itself says of a long one need not be proved anew.
      if (!holds && !(isLong(text) && verdict.kind === 'agrees')) continue
      const side = expressionText(right.operands[1]!, 'text')
      // dA is a product until it is looked up.
      const named = claim.operands[0]!.kind === 'product' ? right : claim
      const what = expressionText(named.operands[0]!, 'text')
      return {
        name: 'the right formula',
        edits: [{ code: 'the right formula', values: { was: theirSide, becomes: side } }],
        formula: text,
        message: isLong(text)
          ? `${what} is longer than what you have: ${firstMissing(claim, right)}`
          : `${what} is ${side}.${comparison(claim, right)}`,
      }
    }
  } catch (error) {
    const isAnswer = error instanceof ClaimError || error instanceof GradError
    if (!isAnswer && !(error instanceof BudgetExceeded)) throw error
  }
  return undefined
}

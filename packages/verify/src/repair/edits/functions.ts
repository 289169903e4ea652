// Edits of activations and their derivatives: σ and σ′, left out, left over, at the wrong layer.
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import {
  hadamard,
  namesOf,
  type Of,
  quoted,
  same,
  subject,
  timesAfter,
  tree,
  without,
} from '../build.ts'
import { type EditContext, everywhere, type NodeRewrite, onTerms, type Rewrite } from '../edit.ts'
import { otherLayers } from './layers.ts'
import { isArray } from './sliding.ts'

type Application = Of<'application'>

const functionLetters: ReadonlySet<string> = new Set(['σ', 'a', 'f', 'g', 'h', 'φ'])

const isFunction = (node: Expression): node is Application =>
  node.kind === 'application' &&
  node.operands.length === 1 &&
  !node.head.subscript &&
  !node.head.superscript &&
  functionLetters.has(node.head.base)

const isSlope = (node: Expression): node is Application => isFunction(node) && node.head.primes > 0

const primed = (node: Application, primes: number): Application => ({
  ...node,
  head: { ...node.head, primes },
})

/** The letter that the formula applies already, otherwise σ, then a: the layer's own. */
const lettersFor = (claim: Claim): string[] => {
  const applied = namesOf(claim)
    .filter((name) => functionLetters.has(name.base) && name.primes > 0)
    .map((name) => name.base)
  return [...new Set([...applied, 'σ', 'a'])]
}

/** Every z of the graph, in the scripts of the left side first. */
const preActivations = (claim: Claim, { scope }: EditContext): Name[] => {
  const about = subject(claim)
  const own = about ? [{ ...about, base: 'z', primes: 0 }] : []
  const named = namesOf(claim).filter((name) => name.base === 'z' && name.primes === 0)
  const entries = about?.subscript !== undefined
  const known = entries
    ? []
    : scope.names.filter(({ base }) => base === 'z').map(({ name }) => tree(name) as Name)
  const all = [...own, ...named, ...known]
  return all.filter((name, at) => all.findIndex((other) => same(other, name)) === at).slice(0, 12)
}

const addSlope: Rewrite = onTerms(({ node }, claim, context) =>
  preActivations(claim, context).flatMap((z) =>
    lettersFor(claim).map((letter) => {
      const head: Name = { kind: 'name', base: letter, primes: 1, span: node.span }
      const slope: Application = {
        kind: 'application',
        head,
        operands: [z],
        bar: false,
        span: node.span,
      }
      const whole = z.subscript ? timesAfter(node, slope) : hadamard(node, slope)
      return [whole, `The derivative of the activation is missing: ${quoted(slope)}.`] as const
    }),
  ),
)

/** A factor of a product or of ⊙ that satisfies `drops`, left out. */
export const dropFactor =
  (drops: (node: Expression) => boolean, message: (node: Expression) => string): NodeRewrite =>
  ({ node }) => {
    if (node.kind === 'hadamard') {
      const left = drops(node.left) ? [[node.right, message(node.left)] as const] : []
      const right = drops(node.right) ? [[node.left, message(node.right)] as const] : []
      return [...right, ...left]
    }
    if (node.kind !== 'product') return []
    return node.factors.flatMap((factor, at) =>
      drops(factor) ? [[without(node, at), message(factor)] as const] : [],
    )
  }

const dropSlope: Rewrite = everywhere(
  dropFactor(
    isSlope,
    (slope) => `There is no derivative of the activation here: drop ${quoted(slope)}.`,
  ),
)

const prime: Rewrite = everywhere(({ node }) =>
  isFunction(node) && node.head.primes === 0
    ? [
        [
          primed(node, 1),
          `The derivative ${quoted(primed(node, 1))} belongs here, not the activation.`,
        ],
      ]
    : [],
)

const unprime: Rewrite = everywhere(({ node }) =>
  isSlope(node)
    ? [
        [
          primed(node, 0),
          `The activation ${quoted(primed(node, 0))} belongs here, not its derivative.`,
        ],
      ]
    : [],
)

const moveSlope: Rewrite = everywhere(({ node }, claim, context) => {
  const operand = isSlope(node) ? node.operands[0]! : undefined
  if (operand?.kind !== 'name') return []
  return otherLayers(operand, claim, context).map((other) => {
    const slope = { ...(node as Application), operands: [other] }
    return [
      slope,
      `The derivative of the activation is taken at the wrong layer: ${quoted(slope)}.`,
    ]
  })
})

const activate: Rewrite = everywhere((site, claim) => {
  const { node, position, parents } = site
  const isValue = isArray(site) || (position === 'value' && node.kind === 'name')
  const inside = parents.at(-1)?.kind
  if (!isValue || node.kind !== 'name' || node.base === 'δ' || inside === 'application') return []
  return [...new Set(['σ', ...lettersFor(claim)])].map((letter) => {
    const active = tree(`${letter}(x)`) as Application
    const applied = { ...active, operands: [node], span: node.span }
    return [applied, `The activation is missing: ${quoted(applied)} instead of ${quoted(node)}.`]
  })
})

const deactivate: Rewrite = everywhere(({ node }) =>
  isFunction(node) && node.head.primes === 0
    ? [[node.operands[0]!, `There is no activation here: ${quoted(node.operands[0]!)}.`]]
    : [],
)

export const functions = {
  addSlope,
  dropSlope,
  prime,
  unprime,
  moveSlope,
  activate,
  deactivate,
} as const

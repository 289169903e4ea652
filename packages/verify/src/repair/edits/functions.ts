// Edits of activations and their derivatives: σ and σ′, left out, left over, at the wrong layer.
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import {
  brief,
  hadamard,
  insteadOf,
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
import type { Site } from '../sites.ts'
import { otherLayers } from './layers.ts'

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

const slopeAt = (letter: string, z: Name): Application => {
  const head: Name = { kind: 'name', base: letter, primes: 1, span: z.span }
  return { kind: 'application', head, operands: [z], bar: false, span: z.span }
}

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
      const slope = slopeAt(letter, z)
      const whole = z.subscript ? timesAfter(node, slope) : hadamard(node, slope)
      return [
        whole,
        `The derivative of the activation is missing: multiply ${brief(node)} by ${quoted(slope)}.`,
      ] as const
    }),
  ),
)

const isFactor = ({ parents, position }: Site): boolean => {
  const inside = parents.at(-1)?.kind
  return position === 'value' && (inside === 'hadamard' || inside === 'product')
}

/** ⊙ z for ⊙ σ'(z). */
const wrapInSlope: Rewrite = everywhere((site, claim) => {
  const { node } = site
  if (node.kind !== 'name' || node.base !== 'z' || !isFactor(site)) return []
  return lettersFor(claim).map((letter) => {
    const slope = slopeAt(letter, node)
    return [slope, `The derivative of the activation is missing: ${insteadOf(slope, node)}.`]
  })
})

const missingSlope: Rewrite = (claim, context) => [
  ...addSlope(claim, context),
  ...wrapInSlope(claim, context),
]

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

/** Is it 1 − a? */
const isOneMinus = (node: Expression, a: Expression): boolean => {
  const [one, minus, more] = node.kind === 'addition' ? node.terms : []
  if (more || one?.kind !== 'numeral' || one.text !== '1') return false
  return minus?.kind === 'negation' && same(minus.operand, a)
}

/** a ⊙ (1 − a), the derivative of σ written out, left out. */
const dropWrittenSlope: NodeRewrite = ({ node }) => {
  const message = (a: Expression) =>
    `There is no derivative of the activation here: drop ${quoted(a)} and 1 - ${quoted(a)}.`
  if (node.kind === 'hadamard' && node.left.kind === 'hadamard') {
    const { left: whole, right: a } = node.left
    return isOneMinus(node.right, a) ? [[whole, message(a)]] : []
  }
  if (node.kind !== 'product' || node.factors.length < 3) return []
  const { factors } = node
  const at = factors.findIndex((a, place) => isOneMinus(factors[place + 1] ?? a, a))
  if (at < 0) return []
  const others = factors.toSpliced(at, 2)
  const whole = others.length === 1 ? others[0]! : { ...node, factors: others }
  return [[whole, message(factors[at]!)]]
}

const dropSlopeFactor = dropFactor(
  isSlope,
  (slope) => `There is no derivative of the activation here: drop ${quoted(slope)}.`,
)

const dropSlope: Rewrite = everywhere((...site) => [
  ...dropSlopeFactor(...site),
  ...dropWrittenSlope(...site),
])

const primeMessage = (slope: Expression, node: Expression): string =>
  `The derivative of the activation belongs here: ${insteadOf(slope, node)}.`

const prime: Rewrite = everywhere((site, claim) => {
  const { node } = site
  if (isFunction(node) && node.head.primes === 0) {
    const slope = primed(node, 1)
    return [[slope, primeMessage(slope, node)]]
  }
  // a is σ(z) under another name.
  if (node.kind !== 'name' || node.base !== 'a' || !isFactor(site)) return []
  return lettersFor(claim).map((letter) => {
    const slope = slopeAt(letter, { ...node, base: 'z' })
    return [slope, primeMessage(slope, node)]
  })
})

const unprime: Rewrite = everywhere(({ node }) => {
  if (!isSlope(node)) return []
  const [operand] = node.operands
  const isZ = operand?.kind === 'name' && operand.base === 'z'
  const names = isZ ? [{ ...operand, base: 'a' }] : []
  return [primed(node, 0), ...names].map((value) => [
    value,
    `The activation belongs here, not its derivative: ${insteadOf(value, node)}.`,
  ])
})

const moveSlope: Rewrite = everywhere(({ node }, claim, context) => {
  const operand = isSlope(node) ? node.operands[0]! : undefined
  if (operand?.kind !== 'name') return []
  const own = operand.base === 'z' ? [] : [{ ...operand, base: 'z' }]
  return [...own, ...otherLayers(operand, claim, context)].map((other) => {
    const slope = { ...(node as Application), operands: [other] }
    return [slope, `The derivative is taken at the wrong place: ${insteadOf(slope, node)}.`]
  })
})

/** σ(z) for z; for a whole side too: a = W x + b. */
const activateBy = (letters: (claim: Claim) => readonly string[]): Rewrite =>
  everywhere(({ node, position, parents, side }, claim) => {
    const isName = node.kind === 'name' && node.base !== 'δ' && node.base !== 'e'
    const isSide = side > 0 && parents.length === 0 && !isFunction(node)
    const inside = parents.at(-1)?.kind
    if (position !== 'value' || !(isName || isSide) || inside === 'application') return []
    return letters(claim).map((letter) => {
      const active = tree(`${letter}(x)`) as Application
      const applied = { ...active, operands: [node], span: node.span }
      return [applied, `The activation is missing: ${insteadOf(applied, node)}.`]
    })
  })

const activate = activateBy((claim) => [...new Set(['σ', ...lettersFor(claim)])])

/** With the letter that is applied already, where there is one. */
const activateWrongly = activateBy((claim) => lettersFor(claim).slice(0, 1))

const deactivate: Rewrite = everywhere(({ node }) =>
  isFunction(node) && node.head.primes === 0
    ? [[node.operands[0]!, `There is no activation here: ${insteadOf(node.operands[0]!, node)}.`]]
    : [],
)

export const functions = {
  addSlope,
  missingSlope,
  dropSlope,
  prime,
  unprime,
  moveSlope,
  activate,
  activateWrongly,
  deactivate,
} as const

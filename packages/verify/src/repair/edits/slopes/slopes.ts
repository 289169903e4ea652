// Edits of derivatives of activations: σ′ left out, left over, not where it belongs, or not it.
import type { Claim, Expression, Name } from '../../../language/syntax.ts'
import {
  brief,
  hadamard,
  insteadOf,
  namesOf,
  quoted,
  same,
  subject,
  timesAfter,
} from '../../build.ts'
import {
  type EditContext,
  everywhere,
  type NodeRewrite,
  onTerms,
  type Rewrite,
} from '../../edit.ts'
import {
  activationsOf,
  allPreActivations,
  isActivation,
  isEntry,
  isPreActivation,
  preActivationsOf,
} from '../../roles.ts'
import { sitesOf } from '../../sites.ts'
import { type Application, applied, isFunction, isSlope, lettersFor, primed } from '../applied.ts'
import { dropFactor, factorsOf, isFactor } from '../factors.ts'
import { otherLayers } from '../layers.ts'
import { untransposed } from '../sliding.ts'
import { dropWritten, isOneMinus, ofOthers, ofTanh } from './written.ts'

const untransposedName = (name: Name): Name => {
  const plain = untransposed(name)
  return plain?.kind === 'name' ? plain : name
}

/** Every z of the graph, in the scripts of the left side first; x of ∂C/∂x where it is one. */
const preActivations = (claim: Claim, { scope }: EditContext): Name[] => {
  const about = subject(claim)
  const own = about ? preActivationsOf(about, scope) : []
  const named = namesOf(claim).filter((name) => isPreActivation(name, scope))
  const entries = about !== undefined && isEntry(about, scope)
  const beside = namesOf(claim.operands)
    .filter((name) => isActivation(name, scope))
    .flatMap((name) => preActivationsOf(untransposedName(name), scope))
  const known = entries ? [] : allPreActivations(scope)
  const itself = about && about.base !== 'δ' ? [about] : []
  const all = [...own, ...named, ...beside, ...known, ...itself]
  return all.filter((name, at) => all.findIndex((other) => same(other, name)) === at).slice(0, 12)
}

const multiplied: NodeRewrite = ({ node }, claim, context) =>
  preActivations(claim, context).flatMap((z) =>
    lettersFor(claim, context.scope).map((letter) => {
      const slope = applied(letter, 1, z)
      const whole = isEntry(z, context.scope) ? timesAfter(node, slope) : hadamard(node, slope)
      return [
        whole,
        `The derivative of the activation is missing: multiply ${brief(node)} by ${quoted(slope)}.`,
      ] as const
    }),
  )

const add: Rewrite = onTerms(multiplied)

/** (a − t) xᵀ, x ∗ (a − t): what is in brackets is the error without its slope. */
const addInside: Rewrite = everywhere((site, claim, context) => {
  const { node, side, position, parents } = site
  const inside = parents.at(-1)?.kind ?? ''
  const isOperand = ['product', 'star', 'transposed', 'reduction'].includes(inside)
  const isBracket = node.kind === 'addition' && isOperand && side > 0 && position === 'value'
  return isBracket ? multiplied(site, claim, context) : []
})

/** ⊙ z for ⊙ σ'(z). */
const wrap: Rewrite = everywhere((site, claim, { scope }) => {
  const { node } = site
  if (node.kind !== 'name' || !isPreActivation(node, scope) || !isFactor(site)) return []
  return lettersFor(claim).map((letter) => {
    const slope = applied(letter, 1, node)
    return [slope, `The derivative of the activation is missing: ${insteadOf(slope, node)}.`]
  })
})

/** Lines of programs write their slopes out. */
const ofFormulas =
  (rewrite: Rewrite): Rewrite =>
  (claim, context) =>
    claim.program ? [] : rewrite(claim, context)

const missing: Rewrite = ofFormulas((claim, context) => [
  ...add(claim, context),
  ...wrap(claim, context),
  ...addInside(claim, context),
])

const dropMessage = (slope: Expression): string =>
  `There is no derivative of the activation here: drop ${quoted(slope)}.`

const dropApplied = dropFactor(isSlope, dropMessage)
/** 1 − a², the derivative of tanh. */
const dropOneMinus = dropFactor((factor) => isOneMinus(factor), dropMessage)

const drop: Rewrite = everywhere((...site) => [...dropApplied(...site), ...dropWritten(...site)])

const superfluous: Rewrite = (claim, context) => [
  ...drop(claim, context),
  ...everywhere(dropOneMinus)(claim, context),
]

const primeMessage = (slope: Expression, node: Expression): string =>
  `The derivative of the activation belongs here: ${insteadOf(slope, node)}.`

const prime: Rewrite = everywhere((site, claim, { scope }) => {
  const { node } = site
  if (isFunction(node) && node.head.primes === 0) {
    const slope = primed(node, 1)
    return [[slope, primeMessage(slope, node)]]
  }
  // a is σ(z) under another name.
  if (node.kind !== 'name' || !isActivation(node, scope) || !isFactor(site)) return []
  return preActivationsOf(node, scope).flatMap((z) =>
    lettersFor(claim).map((letter) => {
      const slope = applied(letter, 1, z)
      return [slope, primeMessage(slope, node)] as const
    }),
  )
})

/** z for 1 − z, which is no slope. */
const uncomplement: Rewrite = everywhere((site) => {
  const { node, side } = site
  const [, minus] = node.kind === 'addition' && isOneMinus(node) ? node.terms : []
  if (side <= 0 || !isFactor(site) || minus?.kind !== 'negation') return []
  const { operand } = minus
  return [[operand, `It is not what is left of 1: ${insteadOf(operand, node)}.`]]
})

/** 1 − a for 1 − a²: a derivative written out, and not right. */
const rewriteWritten: Rewrite = everywhere((site, claim, context) => {
  const { node } = site
  if (!isOneMinus(node) || !isFactor(site)) return []
  const squared = ofTanh(node)
  const written = squared ? [[squared, primeMessage(squared, node)] as const] : []
  const applied = slopesFor(site, claim, context)
  return [...written, ...applied]
})

const slopesFor: NodeRewrite = ({ node }, claim, context) =>
  preActivations(claim, context)
    .slice(0, 3)
    .flatMap((z) =>
      lettersFor(claim).map((letter) => {
        const slope = applied(letter, 1, z)
        return [slope, primeMessage(slope, node)] as const
      }),
    )

const notPrimed: Rewrite = ofFormulas((claim, context) => [
  ...prime(claim, context),
  ...rewriteWritten(claim, context),
  ...ofOthers(claim, context),
])

const unprime: Rewrite = everywhere(({ node }, _, { scope }) => {
  if (!isSlope(node)) return []
  const [operand] = node.operands
  const names = operand?.kind === 'name' ? activationsOf(operand, scope) : []
  return [primed(node, 0), ...names].map((value) => [
    value,
    `The activation belongs here, not its derivative: ${insteadOf(value, node)}.`,
  ])
})

const move: Rewrite = everywhere(({ node }, claim, context) => {
  const operand = isSlope(node) ? node.operands[0]! : undefined
  if (operand?.kind !== 'name') return []
  const { scope } = context
  const own = isPreActivation(operand, scope) ? [] : preActivationsOf(operand, scope)
  // σ' of a layer that has no σ is that of its function too.
  const letters = new Set([(node as Application).head.base, ...lettersFor(claim, scope)])
  const others = [...own, ...otherLayers(operand, claim, context)]
  return others.flatMap((other) =>
    [...letters].map((letter) => {
      const slope = applied(letter, (node as Application).head.primes, other)
      return [
        slope,
        `The derivative is taken at the wrong place: ${insteadOf(slope, node)}.`,
      ] as const
    }),
  )
})

/** Wᵀ (δ ⊙ σ'(z)), Wᵀ δ σ'(z): it multiplies the whole side, entry by entry. */
const moveOut: Rewrite = (claim) =>
  sitesOf(claim).flatMap(({ node, side, put }) =>
    factorsOf(node, isSlope).flatMap(([slope, rest]) => {
      const { operands } = put(rest)
      const inner = operands[side]
      if (side <= 0 || !inner) return []
      const message = `The derivative of the activation multiplies the whole of ${brief(inner)}`
      return {
        claim: { ...claim, operands: operands.with(side, hadamard(inner, slope)) },
        message: `${message}, entry by entry: ⊙ ${quoted(slope)}.`,
      }
    }),
  )

const misplaced: Rewrite = (claim, context) => [...move(claim, context), ...moveOut(claim, context)]

/** Repairs and the mistakes that they undo; some mistakes have more repairs than one. */
export const slopes = {
  add,
  missing,
  drop,
  superfluous,
  prime,
  notPrimed,
  unprime,
  uncomplement,
  move,
  misplaced,
} as const

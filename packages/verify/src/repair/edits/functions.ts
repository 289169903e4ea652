// Edits of activations: σ left out, or left over.
import type { Claim, Expression } from '../../language/syntax.ts'
import { insteadOf, namesOf, quoted, replaced } from '../build.ts'
import { everywhere, type Rewrite } from '../edit.ts'
import { activationsOf, isActivation, isPreActivation } from '../roles.ts'
import { applied, isFunction, lettersFor } from './applied.ts'

const message = (right: Expression, wrong: Expression): string =>
  `The activation is missing: ${insteadOf(right, wrong)}.`

/** σ(z) for z; for a whole side too: a = W x + b. */
const activateBy = (
  letters: (claim: Claim) => readonly string[],
  onActivations: boolean,
): Rewrite =>
  everywhere(({ node, position, parents, side }, claim, { scope }) => {
    // Lengths are numbers, and lines of programs have functions of their own.
    const isLength =
      node.kind === 'name' && scope.sizes?.some(({ name }) => name === node.base) === true
    const isActive = node.kind === 'name' && !onActivations && isActivation(node, scope)
    if (claim.program || isLength || isActive) return []
    const isName = node.kind === 'name' && node.base !== 'δ' && node.base !== 'e'
    const isSide = side > 0 && parents.length === 0 && !isFunction(node)
    const inside = parents.at(-1)?.kind
    if (position !== 'value' || !(isName || isSide) || inside === 'application') return []
    return letters(claim).map((letter) => {
      const active = applied(letter, 0, node)
      return [active, message(active, node)]
    })
  })

/** With the letter that is applied already, where there is one. */
const activateWrongly = activateBy((claim) => lettersFor(claim).slice(0, 1), true)

/** y or a for z: the activation has a name of its own. */
const nameActivation: Rewrite = everywhere(({ node, position }, _, { scope }) => {
  if (node.kind !== 'name' || !isPreActivation(node, scope) || position !== 'value') return []
  return activationsOf(node, scope).map((active) => [active, message(active, node)])
})

/** z (1 − z): the same z twice, which is one mistake. */
const activateAll: Rewrite = (claim, { scope }) => {
  const names = namesOf(claim.operands.slice(1)).filter((name) => isPreActivation(name, scope))
  const texts = names.map(quoted)
  const twice = names.filter((_, at) => texts.indexOf(texts[at]!) < at)
  return twice.flatMap((name) =>
    [...activationsOf(name, scope), applied('σ', 0, name)].map((right) => ({
      claim: replaced(claim, name, right),
      message: message(right, name),
    })),
  )
}

const activateOne = activateBy((claim) => [...new Set(['σ', ...lettersFor(claim)])], false)

/** The name that it has in the network stands before a function of what enters it. */
const activate: Rewrite = (claim, context) => [
  ...nameActivation(claim, context),
  ...activateOne(claim, context),
  ...activateAll(claim, context),
]

const deactivate: Rewrite = everywhere(({ node }) =>
  isFunction(node) && node.head.primes === 0
    ? [[node.operands[0]!, `There is no activation here: ${insteadOf(node.operands[0]!, node)}.`]]
    : [],
)

export const functions = { activate, activateWrongly, deactivate } as const

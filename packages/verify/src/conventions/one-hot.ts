// p − onehot(y) and p_i − [i = y] beside a cost whose target y is a vector: 1 at its class, and y_i
// is [i = y].
import type { Scope } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import { overClasses } from './classes.ts'
import { softmaxTargets } from './targets.ts'

const partsOf = ({ subscript }: Name): readonly Expression[] =>
  (subscript?.parts ?? []).flatMap((part) => (part.kind === 'product' ? part.factors : [part]))

const isLetter = (node: Expression | undefined, { names }: Scope): node is Name =>
  node?.kind === 'name' &&
  !node.superscript &&
  !node.subscript &&
  !names.some(({ base, tag }) => base === node.base && tag === '')

const targetRank = (name: Name, targets: Scope['names']): number =>
  targets.find(({ base }) => base === name.base)?.rank ?? 0

/** The claim with its classes written as entries or sums; undefined where it speaks of none. */
export const ofClasses = (claim: Claim, network: Network): ReturnType<typeof overClasses> => {
  const { scope } = network
  const given = new Set(softmaxTargets(network).map(({ name }) => name))
  const targets = scope.names.filter(({ name, tag }) => given.has(name) && tag === '')
  const isTarget = (node: Expression | undefined, missing: number): node is Name =>
    node?.kind === 'name' &&
    !node.superscript &&
    targets.some(({ base, rank }) => base === node.base && rank - partsOf(node).length === missing)
  const entryOf = (y: Name, class_: Name): Name => ({
    ...y,
    subscript: { parts: [...partsOf(y), class_], span: y.span },
  })
  const read = mapped(claim, (node) => {
    const each = node as Expression
    if (each.kind === 'call' && each.word === 'onehot') {
      const [only, ...others] = each.operands
      const isWhole = only?.kind === 'name' && isTarget(only, targetRank(only, targets))
      return isWhole && others.length === 0 ? only : undefined
    }
    const [condition, ...others] = each.kind === 'iverson' ? each.conditions : []
    if (condition?.kind !== 'comparison' || others.length > 0) return undefined
    if (condition.relations.join() !== '=') return undefined
    const [a, b] = condition.operands
    if (isTarget(a, 1) && isLetter(b, scope)) return entryOf(a, b)
    return isTarget(b, 1) && isLetter(a, scope) ? entryOf(b, a) : undefined
  })
  const [own] = targets
  const isOne = targets.length === 1 && own!.rank === 1
  const only: Name | undefined = isOne
    ? { kind: 'name', base: own!.base, primes: 0, span: claim.span }
    : undefined
  const isWhole = (node: Expression) => isTarget(node, 1)
  const summed = overClasses(read, scope, { isTarget: isWhole, entryOf, only })
  return summed ?? (read === claim ? undefined : { claim: read, hasSlope: false })
}

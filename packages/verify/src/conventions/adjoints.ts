// v̄ for ∂C/∂v, as texts on reverse mode write it. Of data it may be a mean, so nobody guesses.
import { costLetter, gradientBy } from '../language/names/in-cost.ts'
import { withNames } from '../language/names-in.ts'
import { splitApplication } from '../language/read/split-application.ts'
import type { Scope } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { childNodes, mapped } from '../language/walk.ts'

/** v of v̄; undefined for what wears no bar. */
const unbarred = (base: string): string | undefined => {
  const apart = base.normalize('NFD')
  return apart.endsWith('\u0304') ? apart.slice(0, -1).normalize('NFC') : undefined
}

/** ∂C/∂x̄ is by an array of that name. */
const isDifferentiatedBy = (node: object): boolean =>
  childNodes<Expression>(node).some(
    (child) =>
      (child.kind === 'derivative' &&
        child.by.some((by) => withNames(by).some(({ base }) => unbarred(base) !== undefined))) ||
      isDifferentiatedBy(child),
  )

const isIn = ({ names }: Scope, base: string): boolean =>
  names.some((each) => each.base.normalize('NFD') === base.normalize('NFD'))

/** v̄ beside an array v: where a document says that bars are adjoints no formula defines it. */
export const isAdjoint = (side: Expression | undefined, scope: Scope): boolean => {
  const of = side?.kind === 'name' && !isIn(scope, side.base) ? unbarred(side.base) : undefined
  return of !== undefined && isIn(scope, of)
}

/** The claim with its bars read so; undefined where it has none, or the graph has them as names. */
export const withAdjoints = (claim: Claim, scope: Scope): Claim | undefined => {
  const cost = costLetter(scope)
  if (cost === undefined || isDifferentiatedBy(claim)) return undefined
  const has = (base: string) => isIn(scope, base)
  let isChanged = false
  const adjoint = (name: Name): Expression | undefined => {
    const of = has(name.base) ? undefined : unbarred(name.base)
    if (of === undefined || !(has(of) || of === cost)) return undefined
    isChanged = true
    return gradientBy({ ...name, base: of }, cost)
  }
  const read = (side: Expression): Expression =>
    mapped(side, (node) => {
      const expression = node as Expression
      if (expression.kind === 'name') return adjoint(expression)
      // x̄ (ȳ + v)ᵀ is no function of ȳ + v.
      const split = splitApplication(expression)
      const head = split && adjoint(split.head)
      const factors = head && [head, read(split.rest)]
      return factors && { kind: 'product', factors, span: expression.span }
    })
  const operands = claim.operands.map(read)
  return isChanged ? { ...claim, operands } : undefined
}

// p_y and p_c of a target y that is 1 at its class c and 0 elsewhere: what is said of the class is
// a sum over all classes, Σ_c y_c of it.
import { boundIn } from '../language/names/below/fused.ts'
import { subscriptsOf } from '../language/names/below/subscripts.ts'
import { rational } from '../language/rational.ts'
import type { Scope } from '../language/resolved.ts'
import type { Claim, Comparison, Expression, Name, Subscript } from '../language/syntax.ts'
import { childNodes, holding, mapped, spellingOf } from '../language/walk.ts'

type Reduction = Extract<Expression, { kind: 'reduction' }>

/** A target that says a class: y of p_y, y_i of p_{i,y_i}. */
interface Class {
  readonly target: Name
  readonly letter: Name
}

export interface Classes {
  /** y of y, y_i of Y: what lacks only the index of its classes. */
  readonly isTarget: (node: Expression) => boolean
  readonly entryOf: (target: Name, letter: Name) => Name
  /** A vector of one example's targets, of which c may be the class. */
  readonly only: Name | undefined
}

const flat = (parts: readonly Expression[]): readonly Expression[] =>
  parts.flatMap((part) => (part.kind === 'product' ? part.factors : [part]))

const lettersIn = (node: object): readonly string[] =>
  childNodes<Expression>(node).flatMap((each) => [
    ...(each.kind === 'name' ? [each.base] : []),
    ...lettersIn(each),
  ])

/** [i = c]. */
const comparesC = (node: object): boolean => {
  const { kind, operands = [] } = node as Partial<Comparison>
  return kind === 'comparison' && operands.some((each) => each.kind === 'name' && each.base === 'c')
}

/** k of [y_k = 1]. */
const classSaid = (node: Expression, { base }: Name): Name | undefined => {
  const [condition] = node.kind === 'iverson' ? node.conditions : []
  const [left, one] = condition?.kind === 'comparison' ? condition.operands : []
  const [letter, ...others] =
    left?.kind === 'name' && left.base === base ? (left.subscript?.parts ?? []) : []
  const isOne = one?.kind === 'numeral' && one.text === '1' && others.length === 0
  return isOne && letter?.kind === 'name' ? letter : undefined
}

/** ∂C/∂z_y: where a class stands below what is derived by, targets are known to be 0 or 1. */
const hasSlope = (sides: readonly Expression[], letters: readonly string[]): boolean =>
  holding((node) => {
    const { kind, by } = node as Partial<Extract<Expression, { kind: 'derivative' }>>
    return kind === 'derivative' && lettersIn({ by }).some((each) => letters.includes(each))
  })({ sides })

const weighted = (body: Expression, each: Class, { entryOf }: Classes): Expression => {
  const { span } = body
  const factors = [entryOf(each.target, each.letter), body]
  const product: Expression = { kind: 'product', factors, span }
  const sum = { kind: 'reduction', operator: 'sum', conditions: [], implicit: false } as const
  return { ...sum, binders: [{ name: each.letter.base, span }], body: product, span }
}

/** The claim with Σ_c y_c of what it says of the class; undefined where it says nothing of it. */
export const overClasses = (
  claim: Claim,
  scope: Scope,
  classes: Classes,
): { readonly claim: Claim; readonly hasSlope: boolean } | undefined => {
  const taken = new Set([...lettersIn(claim), ...scope.names.map(({ base }) => base)])
  const known = new Map<string, Class>()
  // k of [y_k = 1]; or c of p_c and [i = c], which nothing else is called.
  const isPlace = subscriptsOf(claim).has('c') || holding(comparesC)(claim)
  const isFree = isPlace && !boundIn(claim).includes('c')
  const isLetter = isFree && !scope.names.some(({ base }) => base === 'c')
  const c: Name = { kind: 'name', base: 'c', primes: 0, span: claim.span }
  const target = classes.only
  const named = target && claim.when?.map((each) => classSaid(each, target)).find(Boolean)
  const letter = named ?? (isLetter ? c : undefined)
  const said: Class | undefined = target && letter && { target, letter }
  const classOf = (target: Name): Class => {
    const spelling = spellingOf(target)
    const base = [...'ckqvg'].find((letter) => !taken.has(letter)) ?? 'ς'
    const letter: Name = { kind: 'name', base, primes: 0, span: target.span }
    const found = known.get(spelling) ?? { target, letter }
    taken.add(found.letter.base)
    known.set(spelling, found)
    return found
  }
  const inSubscript = (subscript: Subscript, found: Set<Class>): Subscript => {
    const parts = flat(subscript.parts).map((part) => {
      if (!classes.isTarget(part)) return part
      const own = classOf(part as Name)
      found.add(own)
      return own.letter
    })
    return { ...subscript, parts }
  }
  const visit = <Tree extends object>(tree: Tree, found: Set<Class>): Tree =>
    mapped(tree, (node) => {
      const each = node as Expression | Comparison
      if (each.kind === 'iverson' && target && classSaid(each, target))
        return { kind: 'numeral', value: rational(1n), text: '1', span: each.span }
      if (each.kind === 'name' && each.subscript && !classes.isTarget(each)) {
        const isOf = flat(each.subscript.parts).some(classes.isTarget)
        return isOf ? { ...each, subscript: inSubscript(each.subscript, found) } : undefined
      }
      // j ≠ y below Σ_j.
      const [left, right] = each.kind === 'comparison' ? each.operands : []
      if (each.kind === 'comparison' && left && right && classes.isTarget(right)) {
        const own = classOf(right as Name)
        found.add(own)
        return { ...each, operands: [left, own.letter] }
      }
      if (each.kind !== 'reduction' || each === tree) return undefined
      // Σ_y p_y: y is an index here.
      const isIndex = each.binders.some(({ name, span }) =>
        classes.isTarget({ kind: 'name', base: name, primes: 0, span }),
      )
      return isIndex ? each : ofSum(each, found)
    })
  const ofSum = (sum: Reduction, found: Set<Class>): Reduction => {
    const own = new Set<Class>()
    const parts = visit({ body: sum.body, conditions: sum.conditions }, own)
    const bound = sum.binders.map(({ name }) => name)
    const isInside = ({ target }: Class) => lettersIn(target).some((each) => bound.includes(each))
    for (const each of own) if (!isInside(each)) found.add(each)
    const inner = [...own].filter(isInside)
    return { ...sum, ...parts, body: inner.reduce((a, b) => weighted(a, b, classes), parts.body) }
  }
  const ofSide = (side: Expression): Expression => {
    const found = new Set<Class>()
    const { whole } = visit({ whole: side }, found)
    if (said && lettersIn({ side }).includes(said.letter.base)) found.add(said)
    return [...found].reduce((body, each) => weighted(body, each, classes), whole)
  }
  const operands = claim.operands.map(ofSide)
  if (known.size === 0 && !said) return undefined
  const when = claim.when?.filter((each) => !target || !classSaid(each, target))
  const letters = [...known.values(), ...(said ? [said] : [])].map((each) => each.letter.base)
  const read = { ...claim, operands, ...(when && { when }) }
  return { claim: read, hasSlope: hasSlope(operands, letters) }
}

// max_{(m,n) ∈ R_{ij}} and 1/|R_{ij}|: the region that a pooling takes y_{ij} from, where its
// windows lie side by side.
import { namesIn } from '../../names-in.ts'
import { rational } from '../../rational.ts'
import { under } from '../../read/conditions.ts'
import type { Scope } from '../../resolved.ts'
import type { Binder, Claim, Comparison, Condition, Expression, Name, Span } from '../../syntax.ts'
import { childNodes, mapped, nodesBelow, spellingOf } from '../../walk.ts'
import { factorsOf } from '../names.ts'

type Reduction = Extract<Expression, { kind: 'reduction' }>
type Winner = Extract<Condition, { kind: 'winner' }>

const numeral = (value: number, span: Span): Expression => ({
  kind: 'numeral',
  value: rational(BigInt(value)),
  text: `${value}`,
  span,
})

/** R_{ij} of no array. */
const isRegion = (node: Expression | undefined, { names }: Scope): node is Name =>
  node?.kind === 'name' &&
  /^[\p{Lu}]$/u.test(node.base) &&
  node.subscript !== undefined &&
  !names.some(({ base }) => base === node.base)

/** k (i − 1) + 1 ≤ m ≤ k i, of each letter. */
const placesIn = (condition: Comparison, tiles: number, scope: Scope): Comparison[] | undefined => {
  const [list, set] = condition.operands
  if (condition.relations.join() !== '∈' || list?.kind !== 'list' || !isRegion(set, scope))
    return undefined
  const { span } = condition
  const at = factorsOf(set.subscript!.parts)
  if (at.length !== list.items.length) return undefined
  return list.items.map((letter, k) => {
    const last: Expression = { kind: 'product', factors: [numeral(tiles, span), at[k]!], span }
    const back: Expression = { kind: 'negation', operand: numeral(tiles - 1, span), span }
    const first: Expression = { kind: 'addition', terms: [last, back], span }
    return { ...condition, operands: [first, letter, last], relations: ['≤', '≤'] }
  })
}

/** (p, q) ∈ R_{ij}, and (p, q) = arg max over R_{ij}: which place, and which region. */
const placed = (node: object): readonly [readonly Expression[], Name] | undefined => {
  const { kind, operands, relations } = node as Comparison
  const [list, set] = operands ?? []
  if (kind === 'comparison' && relations.join() === '∈' && list?.kind === 'list')
    return set?.kind === 'name' ? [list.items, set] : undefined
  const winner = node as unknown as Winner
  const [, region] = (winner.kind === 'winner' && winner.conditions[0]?.operands) || []
  return region?.kind === 'name' ? [winner.at, region] : undefined
}

/** ∂C/∂x_{pq} = ∂C/∂y_{ij} where (p, q) ∈ R_{ij}, and else 0: i and j are those of p and q. */
export const withOwnRegion = (claim: Claim, scope: Scope): Claim => {
  const [left] = claim.operands
  const [by] = left?.kind === 'derivative' ? left.by : []
  if (scope.tiles === undefined || claim.when || by?.kind !== 'name') return claim
  const items = factorsOf(by.subscript?.parts ?? [])
  const all = nodesBelow<Expression>(claim).flatMap((each) => {
    const [at, region] = placed(each) ?? []
    return at && region && isRegion(region, scope) ? [{ at, region }] : []
  })
  const own = all.find(({ at }) => spellingOf(factorsOf(at)) === spellingOf(items))?.region
  const isOther = all.some(({ region }) => own && spellingOf(region) !== spellingOf(own))
  const outside = new Set(namesIn(left!).map(({ base }) => base))
  if (!own || isOther || namesIn(own.subscript!).some(({ base }) => outside.has(base))) return claim
  const { span } = own
  const operands = [{ kind: 'list', items, span } as const, own]
  const within = { kind: 'comparison', operands, relations: ['∈'], span } as const
  return under(claim, [{ kind: 'iverson', conditions: [within], span }], claim.span)
}

/** The claim with the places of its regions written out. */
export const withRegions = <Tree>(tree: Tree, scope: Scope): Tree => {
  const { tiles } = scope
  if (tiles === undefined) return tree
  const inPlaces = <Each extends { kind: string }>(conditions: readonly Each[]): Each[] =>
    conditions.flatMap((each) => {
      const read = each.kind === 'comparison' && placesIn(each as never, tiles, scope)
      return read ? (read as unknown as Each[]) : [each]
    })
  const bounded = <Sum extends Reduction | Winner>(sum: Sum): Sum => {
    const bounds = inPlaces(sum.conditions).filter((each) => !sum.conditions.includes(each))
    const boundOf = (binder: Binder) =>
      bounds.find(({ operands: [, letter] }) => (letter as Name).base === binder.name)
    return {
      ...sum,
      conditions: sum.conditions.filter((each) => !placesIn(each, tiles, scope)),
      binders: sum.binders.map((binder) => {
        const [lower, , upper] = boundOf(binder)?.operands ?? []
        return lower && upper ? { ...binder, lower, upper } : binder
      }),
    }
  }
  return mapped(tree, (node) => {
    const each = node as Expression | Winner
    const isSize = each.kind === 'call' && each.word === 'abs' && isRegion(each.operands[0], scope)
    if (isSize) return numeral(tiles * tiles, each.span)
    const conditions = 'conditions' in each ? each.conditions : []
    if (!conditions.some((one) => one.kind === 'comparison' && placesIn(one, tiles, scope)))
      return undefined
    if (each.kind === 'iverson') return { ...each, conditions: inPlaces(each.conditions) }
    const sum = bounded(each as Reduction | Winner)
    return { ...sum, body: withRegions(sum.body, scope) }
  })
}

type Addition = Extract<Expression, { kind: 'addition' }>

/** s i of s i + a, where a window begins, of which a = 0 is the first cell; a = 1 of s (i − 1) + a. */
const beginning = (term: Expression, tiles: number): 0 | 1 | undefined => {
  if (term.kind !== 'product' || term.factors.length !== 2) return undefined
  const isStep = (each: Expression) =>
    each.kind === 'numeral' ? each.text === `${tiles}` : isLetter(each) && /^[ks]$/.test(each.base)
  const place = term.factors.find((each) => !isStep(each))
  if (!place || !term.factors.some(isStep)) return undefined
  return isLetter(place) ? 0 : place.kind === 'addition' ? 1 : undefined
}

const isLetter = (node: Expression): node is Name =>
  node.kind === 'name' && !node.subscript && !node.superscript

/** ∂C/∂x_{si+a,sj+b} = … of free letters a and b, which stand nowhere else: those of the window. */
export const withinWindow = (claim: Claim, scope: Scope): Claim => {
  const { tiles } = scope
  if (tiles === undefined || claim.when) return claim
  const starts = new Map<string, 0 | 1 | undefined>()
  const visit = (node: object, parent?: object): void => {
    const { binders } = node as Partial<Reduction>
    for (const { name } of binders ?? []) starts.set(name, undefined)
    const { kind, base } = node as Partial<Name>
    if (kind === 'name' && isLetter(node as Name)) {
      const terms =
        (parent as Addition | undefined)?.kind === 'addition' ? (parent as Addition).terms : []
      const start = terms.map((each) => beginning(each, tiles)).find((each) => each !== undefined)
      starts.set(base!, starts.has(base!) && starts.get(base!) !== start ? undefined : start)
    }
    for (const child of childNodes<Expression>(node)) visit(child, node)
  }
  for (const each of claim.operands) visit(each)
  const { span } = claim
  const brackets = [...starts].flatMap(([letter, start]): Expression[] => {
    if (start === undefined) return []
    const name: Name = { kind: 'name', base: letter, primes: 0, span }
    const operands = [numeral(start, span), name, numeral(start + tiles - 1, span)]
    const within = { kind: 'comparison', operands, relations: ['≤', '≤'], span } as const
    return [{ kind: 'iverson', conditions: [within], span }]
  })
  return brackets.length > 0 ? under(claim, brackets, span) : claim
}

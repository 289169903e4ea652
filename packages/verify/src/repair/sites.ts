// Every place of a claim at which one edit can be made, and the claim with something else put
// there.
import type { Claim, Expression } from '../language/syntax.ts'

/** What a part of a formula is there for; everything inside an index is an index. */
export type Position = 'value' | 'index' | 'tag' | 'guard' | 'bound' | 'by' | 'head'

export interface Site {
  readonly node: Expression
  readonly position: Position
  /** From the operand of the claim down to the node that holds this one. */
  readonly parents: readonly Expression[]
  /** Which operand of the chain; −1 in a definition after ‘where’. */
  readonly side: number
  readonly put: (replacement: Expression) => Claim
}

/** Bounds what a diagnosis may try; the formulas of people have a few dozen. */
const mostSites = 300

const positions: Readonly<Record<string, Position>> = {
  superscript: 'tag',
  subscript: 'index',
  indices: 'index',
  binders: 'bound',
  conditions: 'guard',
  at: 'guard',
  by: 'by',
  of: 'by',
  head: 'head',
}

const conditionKinds: ReadonlySet<string> = new Set(['comparison', 'extremum', 'first', 'winner'])

const isExpression = (value: object): value is Expression =>
  'kind' in value && !conditionKinds.has((value as Expression).kind)

const within = (outer: Position, key: string): Position =>
  key !== 'head' && (outer === 'index' || outer === 'tag') ? outer : (positions[key] ?? outer)

const known = new WeakMap<Claim, readonly Site[]>()

/** Right sides first: what the formula says of its left side is what can be wrong. */
export const sitesOf = (claim: Claim): readonly Site[] => {
  const sites = known.get(claim) ?? sitesIn(claim)
  // Each edit asks for those of the same claim.
  known.set(claim, sites)
  return sites
}

const sitesIn = (claim: Claim): Site[] => {
  const sites: Site[] = []
  const visit = (
    value: unknown,
    place: Pick<Site, 'position' | 'parents' | 'side'>,
    put: (replacement: unknown) => Claim,
  ): void => {
    if (typeof value !== 'object' || value === null || sites.length >= mostSites) return
    if (Array.isArray(value)) {
      for (const [at, item] of value.entries())
        visit(item, place, (other) => put(value.with(at, other)))
      return
    }
    const inner = { ...place }
    // A function is called by a name: nothing else may stand there.
    if (isExpression(value) && place.position !== 'head') {
      sites.push({ node: value, ...place, put })
      inner.parents = [...place.parents, value]
    }
    for (const [key, child] of Object.entries(value)) {
      if (key === 'span' || key === 'value') continue
      const position = within(place.position, key)
      visit(child, { ...inner, position }, (other) => put({ ...value, [key]: other }))
    }
  }
  const operands = claim.operands.map((operand, side) => ({ operand, side }))
  for (const { operand, side } of [...operands.slice(1), ...operands.slice(0, 1)])
    visit(operand, { position: 'value', parents: [], side }, (other) => ({
      ...claim,
      operands: claim.operands.with(side, other as Expression),
    }))
  claim.where.forEach((definition, at) => {
    visit(definition.value, { position: 'index', parents: [], side: -1 }, (other) => ({
      ...claim,
      where: claim.where.with(at, { ...definition, value: other as Expression }),
    }))
  })
  return sites
}

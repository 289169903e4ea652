// What a named edit of a formula is. The edits themselves are in `edits/`, their order in
// `table.ts`.
import type { Scope } from '../language/resolved.ts'
import type { Claim, Expression, Extremum, Rational } from '../language/syntax.ts'
import { type Site, sitesOf } from './sites.ts'

/** What the network tells about a formula beside its names. */
export interface EditContext {
  readonly scope: Scope
  /** What the right side must be multiplied by, where both sides differ by a constant. */
  readonly ratio?: Rational
  /** Sides of pooling windows and strides, larger than 1. */
  readonly windows: readonly number[]
  readonly strides: readonly number[]
  /** Zeros around images, 0 among them where an image has none. */
  readonly paddings: readonly number[]
  /** What the poolings pick of a window. */
  readonly picks: readonly Extremum[]
  /** The targets of a softmax, which people take to sum to 1. */
  readonly targets: readonly string[]
}

export interface Edited {
  readonly claim: Claim
  /** One sentence, to the person who wrote the formula. */
  readonly message: string
  /** What must be assumed for the claim to hold. */
  readonly assume?: string
}

/** Every way in which one edit can be made. */
export type Rewrite = (claim: Claim, context: EditContext) => Edited[]

/** A part of the formula and what it becomes, with the message about it. */
export type NodeRewrite = (
  site: Site,
  claim: Claim,
  context: EditContext,
) => readonly (readonly [Expression, string])[]

/** The edit at every site. */
export const everywhere =
  (rewrite: NodeRewrite): Rewrite =>
  (claim, context) =>
    sitesOf(claim).flatMap((site) =>
      rewrite(site, claim, context).map(([node, message]) => ({
        claim: site.put(node),
        message,
      })),
    )

/** The edit of right sides, each as a whole and each of its terms. */
export const onTerms = (rewrite: NodeRewrite): Rewrite =>
  everywhere((site, claim, context) => {
    const isSide = site.side > 0 && site.parents.length === 0
    const [parent] = site.parents
    const isTerm = site.side > 0 && site.parents.length === 1 && parent?.kind === 'addition'
    return isSide || isTerm ? rewrite(site, claim, context) : []
  })

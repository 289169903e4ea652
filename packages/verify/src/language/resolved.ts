// The tree of a claim once its names are looked up: what elaboration reads. Nothing here depends on
// spelling.
import type {
  Axes,
  Extremum,
  Mode,
  Rational,
  ReductionOperator,
  RelationSign,
  Span,
  StarOperation,
  Steps,
  Word,
} from './syntax.ts'

/** One name of the graph. */
export interface ScopeName {
  /** Bare, as `.name` and feeds have it: `z^F`, `W`, `z^{l-1}`, `layer1.weight`. */
  readonly name: string
  /** `z` of `z^F`; the whole string where the name is not lettered. */
  readonly base: string
  /** `F` of `z^{Fk}_{ij}`, `l-1` of `z^{l-1}`; empty where there is none. */
  readonly tag: string
  /** k, i, j of `z^{Fk}_{ij}`: they name the last axes; the axes left of them have length 1. */
  readonly letters: readonly string[]
  readonly rank: number
  readonly shape: readonly number[]
  /** At other lengths: the recorded ones, by which is told what a formula means. */
  readonly recorded?: readonly number[]
  /** beside: the cost is not computed from it, nor is it a leaf (y = softmax(z) of logits z). */
  readonly role: 'leaf' | 'interior' | 'beside'
  readonly isParameter?: boolean
  /** The tag stands below: h_1, W_{hx}. */
  readonly isBelow?: boolean
  /** It enters an activation, as pre-activations do. */
  readonly activated?: boolean
  /** The names of what enters the activation that it is. */
  readonly activates?: readonly string[]
  /** Of what enters an activation: the arrays that it is computed from, parameters apart. */
  readonly after?: readonly string[]
  /** It enters a pooling. */
  readonly pooled?: boolean
  /** The array of which it is the standardised one, (x − μ)/σ. */
  readonly standardises?: string
  /** The targets that it is compared with. */
  readonly predicts?: readonly string[]
  /** It holds places, counted from 0, as argmax does. */
  readonly isPlace?: boolean
}

/** What a claim may speak of. */
export interface Scope {
  readonly names: readonly ScopeName[]
  /** The name of the cost, where it has one; it is then among `names` too. */
  readonly costName?: string
  /** The network has a convolution, so that a star may slide. */
  readonly slides?: boolean
  /** Matrices are multiplied in the network, so that * may do so in a formula. */
  readonly multiplies?: boolean
  /** A vector stands left of a matrix, as a row: x W. */
  readonly hasRowVectors?: boolean
  /** A row and a column make a matrix in it, entry by entry. */
  readonly crosses?: boolean
  readonly hasColumns?: boolean
  /** σ may be the sigmoid, though an array is called so too. */
  readonly hasSigmoid?: boolean
  /** Spellings of the functions that the graph applies and claims have no word for: elu, swish. */
  readonly functions?: ReadonlyMap<string, string>
  /** What s is in x_{si+u}, where nothing else is called so. */
  readonly stride?: number
  /** The one size of its pooling windows: where nothing slides, where they lie side by side. */
  readonly window?: number
  readonly tiles?: number
  readonly isMadeOf?: (name: string, of: string) => boolean
  /** Letters that stand for sizes: M is the length of axis `axis` (counted from 0) of `array`. */
  readonly sizes?: readonly { name: string; array: string; axis: number }[]
}

export interface ResolvedBinder {
  readonly name: string
  readonly lower?: Resolved
  readonly upper?: Resolved
  readonly isEndless?: boolean
  readonly span: Span
}

export interface ResolvedComparison {
  readonly kind: 'comparison'
  readonly operands: readonly Resolved[]
  readonly relations: readonly RelationSign[]
  readonly span: Span
}

export type ResolvedCondition =
  | ResolvedComparison
  | { kind: 'extremum'; which: Extremum; operand: Resolved; span: Span }
  | { kind: 'first'; which: Extremum; operand?: Resolved; span: Span }
  | {
      kind: 'winner'
      which: Extremum
      at: readonly Resolved[]
      binders: readonly ResolvedBinder[]
      body: Resolved
      span: Span
    }

export type Resolved =
  /** Negative only as an exponent, which is folded where it is constant. */
  | { kind: 'numeral'; value: Rational; span: Span }
  /** An index: bound by the nearest reduction of that name, otherwise free (for all). */
  | { kind: 'index'; name: string; span: Span }
  /** A size of the scope, or any name in a claim about sizes alone. */
  | { kind: 'size'; name: string; span: Span }
  /** A real number, for all: the x of f(x) = 1/(1+e^{-x}) where the graph has no x. */
  | { kind: 'variable'; name: string; span: Span }
  /** The whole array; its first `skip` axes have length 1 and are invisible. */
  | { kind: 'array'; name: string; skip: number; span: Span }
  | { kind: 'cost'; span: Span }
  /**
   * `indices` has one item for each visible axis; null takes the whole axis, so that `w^{Fk}` is
   * the k-th filter. When `array` is not a name, every axis must be given.
   */
  | { kind: 'entry'; array: Resolved; indices: readonly (Resolved | null)[]; span: Span }
  /** `delta`: written δ^X, that is ∂C/∂z^X; δ^X_{ij} is the entry of it. */
  | {
      kind: 'derivative'
      of: Resolved
      by: readonly Resolved[]
      delta: boolean
      /** The Jacobian, never the derivative of each entry. */
      isWhole?: boolean
      span: Span
    }
  /** `order` primes: σ'' has order 2. Only elementwise functions of one operand have an order. */
  | {
      kind: 'call'
      word: Word
      order: number
      operands: readonly Resolved[]
      /** Of a line of a program, until its arrays are read entry by entry. */
      along?: Axes
      span: Span
    }
  /**
   * The activation of the layer that the operand belongs to: a(z), f'(z); `named` if by name;
   * `made`: the array that the claim says is made by it.
   */
  | {
      kind: 'activation'
      order: number
      operand: Resolved
      named?: string
      made?: string
      span: Span
    }
  | { kind: 'product'; factors: readonly Resolved[]; span: Span }
  | { kind: 'addition'; terms: readonly Resolved[]; span: Span }
  | { kind: 'negation'; operand: Resolved; span: Span }
  | { kind: 'quotient'; numerator: Resolved; denominator: Resolved; span: Span }
  | { kind: 'power'; base: Resolved; exponent: Resolved; span: Span }
  | { kind: 'transposed'; operand: Resolved; span: Span }
  | { kind: 'hadamard'; left: Resolved; right: Resolved; span: Span }
  /**
   * `ordinal`, where there is no mode, counts such stars from 0 in the order in which they are
   * written. Between scalars every star is the product.
   */
  | {
      kind: 'star'
      ordinal?: number
      operation: StarOperation
      mode?: Mode
      steps?: Steps
      /** Where lengths leave open which axes go together: not the likeliest, but the next. */
      other?: number
      left: Resolved
      right: Resolved
      span: Span
    }
  | {
      kind: 'reduction'
      operator: ReductionOperator
      binders: readonly ResolvedBinder[]
      conditions: readonly ResolvedComparison[]
      body: Resolved
      span: Span
    }
  | { kind: 'iverson'; conditions: readonly ResolvedCondition[]; span: Span }
  | { kind: 'list'; items: readonly Resolved[]; isBelow?: true; span: Span }

export interface ResolvedClaim {
  readonly operands: readonly Resolved[]
  readonly relations: readonly RelationSign[]
  /** Free indices, in order of appearance. */
  readonly free: readonly string[]
  /** Brackets that both sides are taken times: where all are 0 nothing is claimed. */
  readonly when?: readonly Resolved[]
  /** How letters run where that is not settled by the boxes of what they index. */
  readonly ranges?: Ranges
  readonly span: Span
}

/** Settled once, at the statement; every reader of the claim runs through the same values. */
export interface Ranges {
  /**
   * Of a free letter the operand whose arrays give its range, counted from 0; the places that all
   * boxes have in common, or those of any. Of other letters all boxes are alike.
   */
  readonly free: Readonly<Record<string, number | 'common' | 'any'>>
  /**
   * A sum without a range over f(x_k) t_{k-1}: where t has entries (`support`), or only where x has
   * some too (`axis`).
   */
  readonly sums: 'axis' | 'support'
  /** Free letters that may index what they index bare outside of it. */
  readonly loose: readonly string[]
}

/**
 * One way to read the superscripts; `description` is empty where there is only one.
 * `instances`: one claim for each value of the symbolic layer (δ^l of a net with numbered layers);
 * the claim holds when every instance does. `layers` is empty where nothing is symbolic.
 */
export interface SuperscriptReading {
  readonly description: string
  /** A matrix of entries says how long its axes are. */
  readonly isOfEntries?: boolean
  /** Nobody means it where the sides do not fit. */
  readonly mustFit?: true
  /** What only the shapes of both sides settle: see `Choices`. */
  readonly open: readonly (
    | ('dots' | 'chains' | 'selves' | 'vectors' | 'applied' | 'outers')
    | 'gradients'
    | 'jacobians'
    | 'rows'
    | 'axis'
    | 'stars'
    | ('pairs' | 'laterPairs' | 'manyPairs' | 'kernels')
    | 'powers'
    | 'hadamards'
    | 'squares'
    | 'turns'
    | 'spread'
    | 'units'
    | 'deltas'
    | 'predictions'
  )[]
  readonly instances: readonly { layers: LayerValues; claim: ResolvedClaim }[]
  /** Layers that the claim could speak of and does not, each with the reason. */
  readonly leftOut?: readonly { layers: LayerValues; why: string }[]
}

/** l = 2. */
export type LayerValues = Readonly<Record<string, number>>

/** More than one reading: the claim is ambiguous unless they agree. Never empty. */
export type Resolution = readonly SuperscriptReading[]

/** The numeral 0. */
export const isZero = (node: Resolved): boolean =>
  node.kind === 'numeral' && node.value.numerator === 0n

// The tree of the one notation: what a line of index notation says. No text, no numbers, no op.

/** `lomed` and `himed`: the lower and upper middle of an ordered list, the same for odd counts. */
export type Reduction = 'Σ' | 'max' | 'min' | 'lomed' | 'himed'
/** How two numbers may be compared. */
export type Relation = '=' | '≠' | '<' | '≤' | '>' | '≥'
/** The functions that a line may call. */
export type FunctionName =
  | 'exp'
  | 'log'
  | 'log1p'
  | 'tanh'
  | 'sin'
  | 'cos'
  | 'erf'
  /** π times its operand, which is 1 wherever a line writes π. */
  | 'π'
  | 'sign'
  | '√'
  | 'abs'
  | 'max'
  | 'min'
  | 'floor'
  | 'ceil'

/** 1 ≤ name ≤ upTo; without `upTo`, the axis that the name indexes bare. */
export interface Variable {
  readonly name: string
  readonly upTo?: Expression
}

/** A condition: 1 where it holds, 0 elsewhere. */
export type Guard =
  /** A chain of relations: 1 ≤ i ≤ n. */
  | {
      readonly kind: 'relation'
      readonly relations: readonly Relation[]
      readonly operands: readonly Expression[]
    }
  /** `at` is the first winner of the reduction: u,v = argmax_{a,b} body. */
  | {
      readonly kind: 'winner'
      readonly reduction: Exclude<Reduction, 'Σ'>
      readonly at: readonly Expression[]
      readonly variables: readonly Variable[]
      readonly body: Expression
    }

/** The tree of a formula; `kind` says what each node of it is. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** An index, a parameter, or the pack `…`. */
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'access'; readonly array: string; readonly indices: readonly Expression[] }
  | { readonly kind: 'sum'; readonly terms: readonly Expression[] }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | { readonly kind: 'negation'; readonly operand: Expression }
  | { readonly kind: 'quotient'; readonly numerator: Expression; readonly denominator: Expression }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: 'modulo'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'call'
      readonly name: FunctionName
      readonly operands: readonly Expression[]
    }
  | {
      readonly kind: 'reduction'
      readonly reduction: Reduction
      readonly variables: readonly Variable[]
      readonly body: Expression
    }
  | { readonly kind: 'iverson'; readonly guards: readonly Guard[] }

/** result_{indices} = body */
export interface Line {
  readonly result: string
  readonly indices: readonly Expression[]
  readonly body: Expression
}

/** The index pack: the axes that a line does not name, right-aligned. */
export const PACK = '…'

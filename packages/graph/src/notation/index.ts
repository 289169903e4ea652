// The readers of the one notation: text ↔ tree, LaTeX, values, adjoints, sizes.

export { type AdjointOptions, adjointLine } from './adjoint.ts'
export { MAX_CHARACTERS } from './cursor.ts'
export { ERF_FITS, erf } from './erf.ts'
export * from './error.ts'
export { formatExpression, formatLine } from './format.ts'
export { FUNCTION_VALUES, RELATION_VALUES } from './functions.ts'
export { MAX_DEPTH } from './grammar.ts'
export { type Instance, instantiate, type Shape } from './instantiate.ts'
export { type Evaluation, evaluateLine, type Values } from './interpret.ts'
export { expressionLatex, type LatexOptions, lineLatex } from './latex.ts'
export {
  parseExpression,
  parseExpressionList,
  parseLine,
} from './parse.ts'
export { evaluateSize } from './sizes.ts'
export { specialise } from './specialise.ts'
export { type SplitTerm, splitTerms } from './split-term.ts'
export * from './syntax.ts'

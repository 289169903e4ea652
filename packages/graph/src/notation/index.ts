// The readers of the one notation: text ↔ tree, LaTeX, values, adjoints, sizes.

export { type AdjointOptions, adjointLine } from './calculus/adjoint.ts'
export { type SplitTerm, splitTerms } from './calculus/split-term.ts'
export * from './error.ts'
export { ERF_FITS, erf } from './meaning/erf.ts'
export { FUNCTION_VALUES, RELATION_VALUES } from './meaning/functions.ts'
export { type Instance, instantiate, type Shape } from './meaning/instantiate.ts'
export { type Evaluation, evaluateLine, type Values } from './meaning/interpret.ts'
export { evaluateSize } from './meaning/sizes.ts'
export { formatExpression, formatLine } from './print/format.ts'
export { expressionLatex, type LatexOptions, lineLatex } from './print/latex.ts'
export { specialise } from './print/specialise.ts'
export { MAX_CHARACTERS } from './read/cursor.ts'
export { MAX_DEPTH } from './read/grammar.ts'
export {
  parseExpression,
  parseExpressionList,
  parseLine,
} from './read/parse.ts'
export * from './syntax.ts'

// @backprove/verify: is this formula right? Proofs, counterexamples, diagnoses, checked documents.

export { check } from './certificate/claim.ts'
export type { ClaimCertificate, PlainClaim } from './certificate/grammar.ts'
export type { DerivationStep } from './derivation/derivation.ts'
export type { DerivationFormat } from './derivation/format.ts'
export type { NetworkText } from './document/network/lines.ts'
export {
  checkNotes,
  derivation,
  type Subject,
  session,
  verify,
  verifyEqual,
  verifySizes,
} from './front.ts'
export { parseClaim, parseFormula } from './language/read/claim.ts'
export { ClaimError } from './language/syntax.ts'
export type { CheckOptions } from './notes/check-notes.ts'
export { formatReport, type Paint } from './notes/format-report.ts'
export type { BuiltNetwork } from './notes/network/build-network.ts'
export type { FormulaPlace, Problem, Report, ReportEntry } from './notes/report.ts'
export type {
  Session,
  SessionEvent,
  SessionOptions,
} from './notes/session/session.ts'
export type { Mutation } from './repair/mutations.ts'
export type { DiagnosisRequest, VerifyOptions } from './run.ts'
export { chinese } from './sentences/chinese/chinese.ts'
export { english, type Language, type SentenceCode } from './sentences/english/english.ts'
export type { Said } from './sentences/sentence.ts'
export {
  buildNetwork,
  f,
  format,
  formatDerivation,
  formatReading,
  messageOf,
  mutations,
  printClaim,
  readNetwork,
  translated,
  verifyParsed,
} from './tools.ts'
export type { SizeOptions } from './verdict/sizes.ts'
export type {
  Agrees,
  Ambiguous,
  Certificate,
  Excluded,
  HoldsIf,
  IllFormed,
  OverBudget,
  Proved,
  ReadAs,
  Reading,
  Refuted,
  Repair,
  StarReading,
  Verdict,
} from './verdict/verdict.ts'
export type { EqualOptions } from './verify-equal.ts'

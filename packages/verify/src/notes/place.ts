// Where the formulas of a report, and what makes no sense in them, stand in their document.
import type { DocumentEntry } from '../document/document.ts'
import type { Claim, Span } from '../language/syntax.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { FormulaPlace } from './report.ts'

/** Where a formula, or what is claimed in it, stands in the document. */
export const placeOf = (entry: DocumentEntry): FormulaPlace => {
  const { formula, line, column, offset } = entry
  const written = formula.trim()
  const first = offset + formula.indexOf(written)
  const whole = { start: first, end: first + written.length }
  const { span } = entry.kind === 'ill-formed' ? { span: undefined } : entry.claim
  const isPart = span !== undefined && formula.slice(span.start, span.end).trim() !== ''
  const part = isPart ? { start: offset + span.start, end: offset + span.end } : whole
  return { formula: written, line, column, ...part }
}

/** Where in the document that is which makes no sense; a definition may stand elsewhere. */
export const wrongPart = ({ formula, offset }: DocumentEntry, verdict: Verdict): { at?: Span } => {
  if (verdict.kind !== 'ill-formed' || verdict.at.end > formula.length) return {}
  return { at: { start: offset + verdict.at.start, end: offset + verdict.at.end } }
}

/** Of several claims in one formula, the part that this one is. */
export const shownFormula = ({ formula, claim }: DocumentEntry & { claim: Claim }): string => {
  const { start, end } = claim.span
  // \mathcal{L} stands before the L of it, \bm\delta before δ.
  const wrapper = /\\(?:[a-z]+\{|bm|bf|boldsymbol)$/.exec(formula.slice(0, start))?.[0] ?? ''
  const shown = formula.slice(start - wrapper.length, end).replace(/^[\s&]+/, '')
  // The last argument of a macro ends before its brace.
  const isOpen = (shown.match(/\{/g)?.length ?? 0) > (shown.match(/\}/g)?.length ?? 0)
  return (shown + (isOpen && formula[end] === '}' ? '}' : '')).trim() || formula.trim()
}

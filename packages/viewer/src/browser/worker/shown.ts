// Verdicts and steps turned into what a page shows: LaTeX, lines, repairs that can be taken.
import {
  type DerivationStep,
  parseClaim,
  printClaim,
  type Reading,
  type Repair,
  type ReportEntry,
  type Verdict,
} from '@backprove/verify'
import { underlined } from '../../tex.ts'
import type { Sentences } from '../../verdicts/text.ts'
import type { ShownFormula, ShownLine, ShownReading, ShownStep, ShownVerdict } from './protocol.ts'

const DEFINITION =
  /^[ \t$]*(\\(?:(?:re|provide)?newcommand|[gx]?def|DeclareMathOperator)\b[^\n]*?)[ \t$]*$/gm
const MOST_DEFINED = 2000

/** The macros that a document defines, as a formula could define them for itself. */
export const definitionsIn = (text: string): string =>
  Array.from(text.matchAll(DEFINITION), ([, definition]) => definition)
    .join(' ')
    .slice(0, MOST_DEFINED)

const printed = new Map<string, string>()
const MOST_PRINTED = 2000

/** A formula in LaTeX, whichever way it was written; as it stands where it cannot be read. */
export function latexOf(formula: string, definitions = ''): string {
  const text = formula.includes('\\') ? `${definitions} ${formula}` : formula
  const known = printed.get(text) ?? printedOf(text) ?? printedOf(formula) ?? formula
  if (printed.size > MOST_PRINTED) printed.clear()
  printed.set(text, known)
  return known
}

function printedOf(formula: string): string | undefined {
  try {
    return printClaim(parseClaim(formula), 'latex')
  } catch {
    return undefined
  }
}

/** An author's own LaTeX is shown as it was written; plain text is set. */
const shownLatex = (formula: string): string => (/\\/.test(formula) ? formula : latexOf(formula))

export function shownFormula(
  entry: ReportEntry,
  sentences: Sentences,
  definitions: string,
): ShownFormula {
  const { start, end, line, formula, verdict, kind, ok } = entry
  const latex = shownLatex(formula)
  const readAs = latexOf(formula, definitions)
  const common = {
    ...{ start, end, line, formula, latex, isClaim: kind === 'claim' },
    ...(readAs !== latex && { readAs }),
  }
  return verdict ? { ...common, verdict: shownVerdict(verdict, ok, formula, sentences) } : common
}

const isForAll = (verdict: Verdict): boolean =>
  verdict.kind === 'proved' && verdict.scope === 'all-sizes'

function shownVerdict(
  verdict: Verdict,
  ok: boolean,
  formula: string,
  sentences: Sentences,
): ShownVerdict {
  const repairs = 'diagnoses' in verdict ? verdict.diagnoses : []
  const shown = repairs.map((each) => ({
    message: sentences.repair(each),
    inside: mathematicsIn(each),
    formula: each.formula,
    latex: shownLatex(each.formula),
  }))
  const told = new Set(shown.flatMap(({ message, formula: repaired }) => [message, repaired]))
  const details = sentences
    .verdict(verdict)
    .split('\n')
    // Of what is proved the first line says for which sizes, and the next may go on with "and".
    .slice(verdict.kind === 'proved' ? 0 : 1)
    .map((line) => line.trim())
    .filter((line) => !told.has(line))
    .map(shownLine)
  const readings = verdict.kind === 'ambiguous' ? readingsOf(verdict, formula, sentences) : []
  const all = isForAll(verdict)
  return { kind: verdict.kind, ok, isForAll: all, repairs: shown, readings, details }
}

const READ = /^(read as|读作) (.*?)((?: for (?=\S+ = \d)|，其中 ).*)?$/

/** What a formula was read as stands on lines of its own, as a book sets it. */
function shownLine(line: string): ShownLine {
  const [, before, formula, after = ''] = READ.exec(line) ?? []
  const tex = formula && printedOf(formula)
  return before && tex ? { text: before, tex, after: after.replace(/^，/, '') } : { text: line }
}

/** What of a repair's message is in an author's LaTeX. */
const mathematicsIn = ({ edits }: Repair): string[] =>
  edits
    .flatMap(({ values: { was = '', becomes = '' } }) => [was, becomes])
    .filter((part) => part.includes('\\'))

type Ambiguous = Extract<Verdict, { kind: 'ambiguous' }>

const MOST_READINGS = 24

const readingsOf = (
  { table, descriptions = [] }: Ambiguous,
  formula: string,
  sentences: Sentences,
): ShownReading[] =>
  table.slice(0, MOST_READINGS).map(([reading, verdict], k) => {
    const written = writtenOut(formula, reading)
    return {
      text: sentences.reading(reading, descriptions[k]),
      kind: verdict.kind,
      ...(written !== undefined && { formula: written }),
    }
  })

interface BareStar {
  kind: 'star'
  operation: string
  mode?: string
  left: unknown
  right: unknown
}

/** The formula with its only bare star written out as the reading says. */
function writtenOut(formula: string, reading: Reading): string | undefined {
  const [only, ...others] = reading
  if (!only || others.length > 0) return undefined
  try {
    const claim = structuredClone(parseClaim(formula))
    const stars = bareStars(claim)
    const [star] = stars
    if (!star || stars.length > 1) return undefined
    star.operation = only.star
    star.mode = only.mode
    if (only.kernel === 'left') [star.left, star.right] = [star.right, star.left]
    return printClaim(claim)
  } catch {
    return undefined
  }
}

function bareStars(tree: unknown): BareStar[] {
  if (typeof tree !== 'object' || tree === null) return []
  const below = Object.values(tree).flatMap(bareStars)
  const { kind, mode, steps } = tree as Record<string, unknown>
  const isBare = kind === 'star' && mode === undefined && steps === undefined
  return isBare ? [tree as BareStar, ...below] : below
}

export function shownStep(step: DerivationStep): ShownStep {
  const { equation, chain, passes, verdict } = step
  const between = chain ? [underlined(chain.latex)] : []
  return {
    through: passes.map(({ latex }) => latex),
    sides: [equation.left.latex, ...between, equation.right.latex],
    kind: verdict.kind,
    isForAll: isForAll(verdict),
  }
}

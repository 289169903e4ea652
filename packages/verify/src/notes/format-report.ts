// A report as a person reads it in a terminal: one line for each formula, what is wrong below it.
import { OptionError, optionError, show } from '@backprove/graph'
import { besideDecimals } from '../verdict/format.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { Report, ReportEntry } from './report.ts'

/** How parts are coloured; each function may be the identity. */
export interface Paint {
  good(text: string): string
  bad(text: string): string
  dim(text: string): string
}

const unpainted: Paint = { good: (text) => text, bad: (text) => text, dim: (text) => text }

/** Cells in a line, unless the caller knows its terminal; narrower than the least nobody reads. */
const usual = 100
const least = 50

/** On one line of so many cells. */
const short = (text: string, width: number): string => {
  const line = [...text.replace(/\s+/g, ' ').trim()]
  return line.length > width ? `${line.slice(0, width - 1).join('')}…` : line.join('')
}

/** At spaces, as many lines as it takes: a message that is cut says nothing. */
const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && [...last].length + 1 + [...word].length <= width)
      lines[lines.length - 1] += ` ${word}`
    else lines.push(word)
  }
  return lines
}

/** `proved for all sizes`, `refuted`, as the table has it. */
export const label = (verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'proved':
      return `proved for ${verdict.extent}`
    case 'agrees':
      return `agrees to ${verdict.digits} digits`
    case 'holds-if':
      return `holds if ${verdict.convention}`
    default:
      return verdict.kind
  }
}

/** Of an exact value, which may be long; the JSON has all of it. */
const widestValue = 60

/** What a reader needs to know beyond the kind of verdict. */
const details = (verdict: Verdict): string[] => {
  switch (verdict.kind) {
    case 'refuted': {
      const found = verdict.diagnoses.flatMap(({ message, formula }) => [message, `→ ${formula}`])
      if ('shapes' in verdict) {
        const what = verdict.of ? `${verdict.of} of` : 'shapes'
        return [`${what} ${verdict.shapes.join(' and ')}`, ...found]
      }
      const place = verdict.entry.length > 0 ? ` in entry ${verdict.entry.join(',')}` : ''
      const { got, expected } = verdict
      const [left, right] = besideDecimals(verdict, [
        short(expected, widestValue),
        short(got, widestValue),
      ])
      return [`left ${left}, right ${right}${place}`, ...found]
    }
    case 'ambiguous':
      return verdict.table.map(([reading, each], at) => {
        const stars = reading.map(({ mode, star, kernel }) => `${mode} ${star}, kernel ${kernel}`)
        const words = stars.join('; ') || verdict.descriptions?.[at] || `reading ${at + 1}`
        return `${words}: ${label(each)}`
      })
    case 'holds-if':
      return details(verdict.otherwise).map((line) => `as it stands: ${line}`)
    case 'ill-formed':
      return [verdict.reason]
    case 'budget':
      return [`tried ${verdict.tried.join(', ')}`]
    case 'proved':
      return verdict.excluded.length > 0 ? [`except at ${verdict.excluded.join(', ')}`] : []
    default:
      return []
  }
}

const statusOf = ({ kind, verdict, expected, ok }: ReportEntry): string => {
  if (kind === 'skipped') return 'skipped'
  if (!verdict) return kind === 'mention' ? 'not judged' : 'a declaration'
  const wanted = ok ? '' : ` (expected ${expected.join(' or ')})`
  return label(verdict) + wanted
}

/**
 * The lines of a report: a table, the totals. Details where a verdict is not as expected. Lines fit
 * so many `columns`, 100 unless said otherwise.
 */
export const formatReport = (
  report: Report,
  paint: Paint = unpainted,
  columns = usual,
): string[] => {
  if (!Array.isArray(report?.entries)) {
    throw new OptionError(`formatReport: ${show(report)} is no report; checkNotes gives one`)
  }
  const isPaint = (['good', 'bad', 'dim'] as const).every(
    (how) => typeof paint?.[how] === 'function',
  )
  if (!isPaint) throw optionError('formatReport', 'paint', paint, 'functions { good, bad, dim }')
  if (!(columns > 0)) {
    throw optionError('formatReport', 'columns', columns, 'the number of columns of the terminal')
  }
  const widest = Math.max(least, columns)
  const rows = report.entries.map((entry) => ({ entry, status: statusOf(entry) }))
  const places = rows.map(({ entry }) => `${entry.line}:${entry.column}`)
  const width = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => [...text].length))
  const placeWidth = width(places)
  const statusWidth = Math.min(40, width(rows.map(({ status }) => status)))
  const lines = rows.flatMap(({ entry, status }, at) => {
    const { verdict, ok, formula, network } = entry
    const mark = verdict || !ok ? (ok ? paint.good('✓') : paint.bad('✗')) : paint.dim('·')
    const place = paint.dim(places[at]!.padStart(placeWidth))
    const room = widest - placeWidth - 6 - Math.max(statusWidth, [...status].length)
    const row = `${mark} ${place}  ${status.padEnd(statusWidth)}  ${short(formula, room)}`
    const more = verdict && (!ok || verdict.kind === 'refuted') ? details(verdict) : []
    const why = entry.reason === undefined ? [] : [entry.reason]
    const about = network && verdict ? [`about: ${network}`] : []
    const indent = ' '.repeat(placeWidth + 4)
    const below = (text: string) =>
      wrapped(text, widest - indent.length).map((part) => paint.dim(indent + part))
    return [row.trimEnd(), ...[...more, ...why, ...about].flatMap(below)]
  })
  const problems = report.problems.map(
    ({ line, column, reason }) => `${paint.bad('✗')} ${line}:${column}  ${reason}`,
  )
  const conflicts = report.conflicts.map(
    (each) => `${paint.bad('!')} conflicting conventions: ${each}`,
  )
  const { network } = report
  const said = network === undefined ? [] : [paint.dim('the network that the equations say:')]
  const block = (network?.split('\n') ?? []).map((line) => paint.dim(`    ${line}`))
  return [...said, ...block, ...problems, ...lines, ...conflicts, '', totalLine(report, paint)]
}

const totalLine = ({ totals, entries, ok }: Report, paint: Paint): string => {
  const counts = Object.entries(totals)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
  const unexpected = entries.filter((entry) => !entry.ok).length
  const summary = ok ? paint.good('all as expected') : paint.bad(`${unexpected} not as expected`)
  // A document that is empty while it is watched has nothing that could be wrong.
  if (counts.length === 0 && unexpected === 0 && !ok) return paint.bad('no claims')
  return `${counts.join(', ') || 'no claims'}: ${summary}`
}

// A verdict as a person reads it in a terminal: what was found, then what to do about it.

import { OptionError, show } from '@backprove/graph'
import type { StarReading } from '../core/statement.ts'
import type { LayerValues } from '../language/resolved.ts'
import { listed } from './extent.ts'
import type { Agrees, LayersJudged, Proved, Reading, Refuted, Repair, Verdict } from './verdict.ts'

/** The most rows and numbers that are shown. */
const mostReadings = 24
const mostNumbers = 6

/** `*full, the kernel left`; a convolution is named. */
const starText = ({ mode, star, kernel }: StarReading): string =>
  `${star === 'convolution' ? 'conv ' : '*'}${mode}, the kernel ${kernel}`

/** `*full, the kernel left`: a reading in words. */
export const formatReading = (reading: Reading): string =>
  reading.length === 0 ? 'as it stands' : reading.map(starText).join('; then ')

/** Which reading it was, and what it says. */
const withReading = ({ reading, readAs }: Agrees | Proved | Refuted): string[] => [
  ...(reading && reading.length > 0 ? [`  read: ${formatReading(reading)}`] : []),
  ...(readAs ? [`  read as ${readAs.text}`] : []),
]

/** What was assumed, and where nothing is judged. */
const withLimits = ({ assumptions, excluded, where = [] }: Agrees | Proved): string[] => [
  ...(assumptions.length > 0 ? [`  assuming ${listed(assumptions)}`] : []),
  ...(where.length > 0 ? [`  where ${listed(where.map((each) => each.text))}`] : []),
  ...(excluded.length > 0 ? [`  not judged at ${listed(excluded)}`] : []),
]

const numbers = (values: readonly string[]): string =>
  values.length <= mostNumbers
    ? values.join(', ')
    : `${values.slice(0, mostNumbers).join(', ')}, … (${values.length} numbers)`

const layerText = (layers: LayerValues): string =>
  Object.entries(layers)
    .map(([letter, value]) => `${letter} = ${value}`)
    .join(', ')

const withLayersJudged = (layers: LayersJudged | undefined): string[] => {
  if (!layers) return []
  const { judged, leftOut } = layers
  return [
    `  judged at ${listed(judged.map(layerText))}`,
    ...leftOut.map(({ layers: at, why }) => `  not at ${layerText(at)}: ${why}`),
  ]
}

const repairText = ({ formula, message }: Repair): string[] => [`  ${message}`, `    ${formula}`]

/** `σ(-6)·σ'(-6) ≈ 0.00246`: a value that can be compared beside the exact one. */
export const besideDecimals = (
  { decimals }: Extract<Refuted, { entry: unknown }>,
  exact: readonly [string, string],
): readonly [string, string] => {
  const beside = (at: 0 | 1): string =>
    decimals && decimals[at] !== exact[at] ? `${exact[at]} ≈ ${decimals[at]}` : exact[at]
  return [beside(0), beside(1)]
}

const refutedLines = (verdict: Refuted): string[] => {
  const repairs = verdict.diagnoses.flatMap(repairText)
  if ('shapes' in verdict) {
    const [left, right] = verdict.shapes
    const { of } = verdict
    const where = of ? `${of} of ${left} and ${right}` : `left ${left}, right ${right}`
    return [`refuted: the shapes ${of ? 'do not fit' : 'differ'}`, ...repairs, `  ${where}`]
  }
  const { sizes, entry, expected, got, inputs, ratio } = verdict
  const [left, right] = besideDecimals(verdict, [expected, got])
  const lengths = Object.entries(sizes).map(([name, length]) => `${name} = ${length}`)
  return [
    'refuted',
    ...repairs,
    `  smallest counterexample${lengths.length > 0 ? `: ${lengths.join(', ')}` : ''}`,
    ...Object.entries(inputs).map(([name, values]) => `    ${name} = ${numbers(values)}`),
    `  ${entry.length > 0 ? `entry ${entry.join(', ')}: ` : ''}left ${left}, right ${right}`,
    ...(ratio === undefined ? [] : [`  everywhere the right side is ${ratio} times the left`]),
  ]
}

const summary = (verdict: Verdict): string => format(verdict).split('\n')[0]!

/** Several lines, without a newline at the end. */
export const format = (verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'proved': {
      const { extent, trivial, letters = [], windows = [] } = verdict
      return [
        `proved for ${extent}${letters.length > 0 ? `, ${listed(letters)}` : ''}`,
        ...(windows.length > 0 ? [`  and ${listed(windows.map((each) => `every ${each}`))}`] : []),
        ...(trivial ? ['  trivial: both sides say the same'] : []),
        ...withLimits(verdict),
        ...withLayersJudged(verdict.layers),
        ...withReading(verdict),
      ].join('\n')
    }
    case 'agrees': {
      const { why, errorBound, letters = [] } = verdict
      return [
        `agrees, not proved${letters.length > 0 ? `, ${listed(letters)}` : ''}`,
        `  ${why}`,
        ...(errorBound === undefined ? [] : [`  a false claim passes once in ${once(errorBound)}`]),
        ...withLimits(verdict),
        ...withLayersJudged(verdict.layers),
        ...withReading(verdict),
      ].join('\n')
    }
    case 'holds-if': {
      const { convention, then, otherwise } = verdict
      return [
        `holds if ${convention}`,
        `  then: ${summary(then)}`,
        `  as it stands: ${format(otherwise)}`,
      ].join('\n')
    }
    case 'refuted':
      return [
        ...refutedLines(verdict),
        ...withLayersJudged(verdict.layers),
        ...withReading(verdict),
      ].join('\n')
    case 'ambiguous': {
      const { table, descriptions = [] } = verdict
      const rows = table
        .slice(0, mostReadings)
        .map(
          ([reading, each], k) =>
            `  ${descriptions[k] || formatReading(reading)}: ${summary(each)}`,
        )
      const more = table.length - rows.length
      return [
        'ambiguous: it depends on the reading',
        ...rows,
        ...(more > 0 ? [`  and ${more} more readings`] : []),
      ].join('\n')
    }
    case 'ill-formed': {
      const { start, end } = verdict.at
      return `ill-formed at characters ${start} to ${end}\n  ${verdict.reason}`
    }
    case 'budget':
      return ['undecided within the budget', ...verdict.tried.map((each) => `  ${each}`)].join('\n')
    default:
      throw new OptionError(`format: ${show(verdict)} is no verdict; verify gives one`)
  }
}

const once = (bound: number): string =>
  bound > 0 ? `${(1 / bound).toExponential(0)} times` : 'no case'

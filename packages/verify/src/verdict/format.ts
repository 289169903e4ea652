// A verdict as a person reads it in a terminal: what was found, then what to do about it; in
// English, or in a language that has the sentences.

import { OptionError, show } from '@backprove/graph'
import type { StarReading } from '../core/statement.ts'
import type { LayerValues } from '../language/resolved.ts'
import { english, type Language, type SentenceCode } from '../sentences/english/english.ts'
import { messageOf } from '../sentences/repairs.ts'
import { listIn, say, translated } from '../sentences/sentence.ts'
import type { Agrees, LayersJudged, Proved, Reading, Refuted, Repair, Verdict } from './verdict.ts'

/** The most rows and numbers that are shown. */
const mostReadings = 24
const mostNumbers = 6

/** `*full, the kernel left`; a convolution is named. */
const starText = ({ mode, star, kernel }: StarReading, language: Language): string =>
  say(language, `${star === 'convolution' ? 'convolution' : 'star'}-${kernel}`, { mode })

/** `*full, the kernel left`: a reading in words. */
export const formatReading = (reading: Reading, language = english): string =>
  reading.length === 0
    ? say(language, 'as-written')
    : reading
        .map((star) => starText(star, language))
        .reduce((first, second) => say(language, 'then-next', { first, second }))

const below = (line: string): string => `  ${line}`

/** Lines in a language. */
const linesIn = (language: Language) => {
  const words = (text: string) => translated(text, language)
  const list = (items: readonly string[]) => listIn(language, items.map(words))
  const line = (code: SentenceCode, values: Readonly<Record<string, string | number>> = {}) =>
    below(say(language, code, values))
  const listed = (code: SentenceCode, items: readonly string[] = []) =>
    items.length > 0 ? [line(code, { all: list(items) })] : []

  /** Which reading it was, and what it says. */
  const withReading = ({ reading, readAs }: Agrees | Proved | Refuted): string[] => [
    ...(reading && reading.length > 0
      ? [line('read', { why: formatReading(reading, language) })]
      : []),
    ...(readAs ? [line('read-as', { text: readAs.text })] : []),
  ]

  /** What was assumed, and where nothing is judged. */
  const withLimits = ({ assumptions, excluded, where = [] }: Agrees | Proved): string[] => [
    ...listed('assuming', assumptions),
    ...listed(
      'where',
      where.map(({ text }) => text),
    ),
    ...listed('not-judged-at', excluded),
  ]

  const numbers = (values: readonly string[]): string => {
    if (values.length <= mostNumbers) return values.join(', ')
    const first = values.slice(0, mostNumbers).join(', ')
    return say(language, 'so-many-numbers', { numbers: first, count: values.length })
  }

  const withLayersJudged = (layers: LayersJudged | undefined): string[] => {
    if (!layers) return []
    const { judged, leftOut } = layers
    return [
      ...listed('judged-at', judged.map(layerText)),
      ...leftOut.map(({ layers: at, why }) =>
        line('not-at', { layers: layerText(at), why: words(why) }),
      ),
    ]
  }

  const repairText = (repair: Repair): string[] => [
    below(messageOf(repair, language)),
    `    ${repair.formula}`,
  ]

  const refutedLines = (verdict: Refuted): string[] => {
    const repairs = verdict.diagnoses.flatMap(repairText)
    if ('shapes' in verdict) {
      const [left, right] = verdict.shapes
      const { of } = verdict
      const where = of
        ? line('shapes-of', { of: words(of), left, right })
        : line('sides', { left, right })
      return [say(language, of ? 'refuted-misfit' : 'refuted-shapes'), ...repairs, where]
    }
    const { sizes, entry, expected, got, inputs, ratio } = verdict
    const [left, right] = besideDecimals(verdict, [expected, got])
    const lengths = Object.entries(sizes).map(([name, length]) => `${name} = ${length}`)
    return [
      say(language, 'refuted'),
      ...repairs,
      lengths.length > 0
        ? line('counterexample-at', { sizes: lengths.join(', ') })
        : line('counterexample'),
      ...Object.entries(inputs).map(([name, values]) => `    ${name} = ${numbers(values)}`),
      entry.length > 0
        ? line('sides-of-entry', { entry: entry.join(', '), left, right })
        : line('sides', { left, right }),
      ...(ratio === undefined ? [] : [line('ratio', { ratio })]),
    ]
  }
  return { words, list, line, listed, withReading, withLimits, withLayersJudged, refutedLines }
}

const layerText = (layers: LayerValues): string =>
  Object.entries(layers)
    .map(([letter, value]) => `${letter} = ${value}`)
    .join(', ')

/** `σ(-6)·σ'(-6) ≈ 0.00246`: a value that can be compared beside the exact one. */
export const besideDecimals = (
  { decimals }: Extract<Refuted, { entry: unknown }>,
  exact: readonly [string, string],
): readonly [string, string] => {
  const beside = (at: 0 | 1): string =>
    decimals && decimals[at] !== exact[at] ? `${exact[at]} ≈ ${decimals[at]}` : exact[at]
  return [beside(0), beside(1)]
}

const summary = (verdict: Verdict, language: Language): string =>
  format(verdict, language).split('\n')[0]!

/** Several lines, without a newline at the end. */
export const format = (verdict: Verdict, language: Language = english): string =>
  formatted(verdict, language).join('\n')

const formatted = (verdict: Verdict, language: Language): readonly string[] => {
  const { words, list, line, listed, withReading, withLimits, withLayersJudged, refutedLines } =
    linesIn(language)
  switch (verdict.kind) {
    case 'proved': {
      const { letters = [], windows = [] } = verdict
      const extent = words(verdict.extent)
      return [
        letters.length > 0
          ? say(language, 'proved-letters', { extent, letters: list(letters) })
          : say(language, 'proved', { extent }),
        ...listed(
          'and-every',
          windows.map((why) => say(language, 'every', { why: words(why) })),
        ),
        ...(verdict.trivial ? [line('trivial')] : []),
        ...withLimits(verdict),
        ...withLayersJudged(verdict.layers),
        ...withReading(verdict),
      ]
    }
    case 'agrees': {
      const { why, errorBound, letters = [] } = verdict
      const count = errorBound !== undefined && (1 / errorBound).toExponential(0)
      return [
        letters.length > 0
          ? say(language, 'agrees-letters', { letters: list(letters) })
          : say(language, 'agrees'),
        below(words(why)),
        ...(count === false
          ? []
          : [errorBound! > 0 ? line('passes-once', { count }) : line('passes-never')]),
        ...withLimits(verdict),
        ...withLayersJudged(verdict.layers),
        ...withReading(verdict),
      ]
    }
    case 'holds-if':
      return [
        say(language, 'holds-if', { why: words(verdict.convention) }),
        line('under-it', { why: summary(verdict.then, language) }),
        line('as-it-stands', { why: format(verdict.otherwise, language) }),
      ]
    case 'refuted':
      return [
        ...refutedLines(verdict),
        ...withLayersJudged(verdict.layers),
        ...withReading(verdict),
      ]
    case 'ambiguous': {
      const { table, descriptions = [] } = verdict
      const rows = table.slice(0, mostReadings).map(([reading, each], k) => {
        const description = descriptions[k]
        const how = description ? words(description) : formatReading(reading, language)
        return line('one-reading', { how, verdict: summary(each, language) })
      })
      const count = table.length - rows.length
      return [
        say(language, 'ambiguous'),
        ...rows,
        ...(count > 0 ? [line('more-readings', { count })] : []),
      ]
    }
    case 'ill-formed': {
      const { start, end } = verdict.at
      return [say(language, 'ill-formed', { start, end }), below(words(verdict.reason))]
    }
    case 'budget':
      return [say(language, 'undecided'), ...verdict.tried.map((each) => below(words(each)))]
    default:
      throw new OptionError(`format: ${show(verdict)} is no verdict; verify gives one`)
  }
}

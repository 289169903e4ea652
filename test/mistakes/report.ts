// What was said of the mistakes, as a table for each name and a line for each miss.
import type { Outcome } from '../../packages/verify/src/repair/mistakes.fixture.ts'

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`

/** What a mistake made that is a formula about its network. */
const isFormula = ({ kind }: Outcome): boolean => kind !== 'meaningless'

const line = (title: string, all: readonly Outcome[]): string => {
  const outcomes = all.filter(isFormula)
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length
  const refuted = outcomes.filter(({ kind }) => kind === 'refuted')
  const named = refuted.filter(({ isNamed }) => isNamed).length
  return [
    title.padEnd(40),
    outcomes.length,
    refuted.length,
    count(({ equal }) => equal),
    count(({ kind, equal }) => kind === 'proved' && !equal),
    count(({ kind, equal }) => kind !== 'proved' && kind !== 'refuted' && !equal),
    named,
    percent(named, refuted.length),
  ]
    .map((cell) => `${cell}`.padStart(8))
    .join('')
}

const head = ['mistakes', 'refuted', 'equal', 'proved', 'other', 'named', '']
  .map((cell) => cell.padStart(8))
  .join('')

export const report = (outcomes: readonly Outcome[]): string => {
  const names = [...new Set(outcomes.map(({ name }) => name))]
  const missed = outcomes.filter(({ kind, isNamed }) => kind === 'refuted' && !isNamed)
  const undone = missed.filter(({ isUndone }) => isUndone).length
  const others = outcomes.filter((each) => isFormula(each) && each.kind !== 'refuted')
  return [
    `${''.padEnd(40)}${head}`,
    ...names.map((name) =>
      line(
        name,
        outcomes.filter((each) => each.name === name),
      ),
    ),
    line('all', outcomes),
    `and ${outcomes.filter((each) => !isFormula(each)).length} that are no formulas about the network`,
    `Of ${missed.length} under another name, or none, ${undone} gave back the right formula`,
    '',
    'Not refuted:',
    ...others.map(({ kind, equal, name, wrong }) => {
      const why = equal ? ', the same at every shape that was tried' : ''
      return `  ${kind}${why}: ${name}: ${wrong}`
    }),
    '',
    'Refuted, another name first:',
    ...missed.map(
      ({ name, wrong, truth, first, repaired, milliseconds }) =>
        `  ${name}, not ${first ?? 'nothing'} (${milliseconds} ms)\n    ${wrong}\n    ${repaired ?? ''}\n    ${truth}`,
    ),
  ].join('\n')
}

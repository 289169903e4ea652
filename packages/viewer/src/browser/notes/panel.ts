// The panel beside the notes: one verdict, one picture, then help.
import { formula, reachable, sentence } from '../elements/formula.ts'
import { type Child, h } from '../elements/h.ts'
import { sidesBelow } from '../elements/sides.ts'
import { markOf, wordOf } from '../elements/verdict-card.ts'
import type { Words } from '../words/en.ts'
import type {
  ShownFormula,
  ShownLine,
  ShownProblem,
  ShownStep,
  ShownVerdict,
} from '../worker/protocol.ts'
import { arrayOf } from './array-of.ts'

export interface NotesPanelContext {
  readonly words: Words
  use(formula: string): void
  /** Asks for the derivation by the array that the formula is about. */
  derive(by: string): void
}

export function notesPanel(shown: ShownFormula, context: NotesPanelContext): HTMLElement {
  const { words } = context
  const { verdict, latex, readAs } = shown
  const by = arrayOf(shown.formula)
  const element = h(
    'div',
    {},
    verdict
      ? h(
          'h2',
          { class: `verdict-line ${verdict.kind}` },
          `${markOf(verdict)} ${wordOf(verdict.kind, words)}`,
        )
      : h('h2', { class: 'quiet' }, shown.isClaim ? words.checking : words.noClaim),
    formula(latex, true, readAs),
    ...(verdict ? help(verdict, context) : []),
    by !== undefined &&
      h(
        'button',
        { type: 'button', class: 'derive', onclick: () => context.derive(by) },
        words.step,
      ),
    h('div', { class: 'steps' }),
  )
  requestAnimationFrame(() => reachable(element))
  return element
}

function help(verdict: ShownVerdict, context: NotesPanelContext): Child[] {
  const { words } = context
  const { repairs, readings, details, kind } = verdict
  const [first, ...others] = repairs
  const repair = (each: (typeof repairs)[number]): HTMLElement => {
    const { formula: text, latex } = each
    return h(
      'div',
      { class: 'repair' },
      h('p', {}, ...messageParts(each)),
      formula(latex, true),
      h(
        'button',
        { type: 'button', class: 'primary', onclick: () => context.use(text) },
        words.useIt,
      ),
    )
  }
  const isCounterexample = kind === 'refuted'
  return [
    first && repair(first),
    others.length > 0 && fold(words.anotherRepair, ...others.map(repair)),
    readings.length > 0 &&
      h(
        'ul',
        { class: 'readings' },
        ...readings.map((each) =>
          h(
            'li',
            { class: each.kind },
            h('span', {}, `${markOf({ kind: each.kind, ok: false })} `, ...sentence(each.text)),
            each.formula !== undefined &&
              h(
                'button',
                { type: 'button', onclick: () => context.use(each.formula!) },
                words.writeItSo,
              ),
          ),
        ),
      ),
    readings.length === 0 &&
      details.length > 0 &&
      (isCounterexample && first
        ? fold(words.counterexample, ...details.map(line))
        : h('div', {}, ...details.map(line))),
  ]
}

/** What a formula was read as stands below its words. */
const line = ({ text, tex, after = '' }: ShownLine): HTMLElement =>
  h(
    'div',
    { class: 'said-line' },
    ...sentence(text),
    tex !== undefined && formula(sidesBelow(tex), true),
    ...sentence(after),
  )

/** What of a message is mathematics is set as mathematics. */
function messageParts({ message, inside }: ShownVerdict['repairs'][number]): Child[] {
  const longestFirst = [...new Set(inside)].sort((a, b) => b.length - a.length)
  let parts: Child[] = [message]
  for (const tex of longestFirst) {
    parts = parts.flatMap((part): Child[] =>
      typeof part === 'string'
        ? part.split(tex).flatMap((text, k): Child[] => (k === 0 ? [text] : [formula(tex), text]))
        : [part],
    )
  }
  return parts.flatMap((part): Child[] => (typeof part === 'string' ? sentence(part) : [part]))
}

const fold = (title: string, ...children: Child[]): HTMLElement =>
  h('details', {}, h('summary', {}, title), ...children)

export function problemPanel({ reason, line }: ShownProblem, words: Words): HTMLElement {
  return h(
    'div',
    {},
    h('h2', { class: 'verdict-line ill-formed' }, `! ${words.networkProblem}`),
    h('p', {}, `${words.line.replace('{}', `${line}`)}: ${reason}`),
  )
}

function through({ through: passed }: ShownStep, words: Words): Child[] {
  const joined = words.pathsJoin.replace('{}', `${passed.length}`)
  return [
    ...(passed.length > 1 ? [`${joined} `] : []),
    ...passed.flatMap((tex, k) => [k > 0 ? ', ' : '', formula(tex)]),
  ]
}

/** Step by step; each says what it passes and what was proved of it. */
export function stepsList(steps: readonly ShownStep[], words: Words): HTMLElement {
  const list = h(
    'ol',
    { class: 'derivation' },
    ...steps.map((step) =>
      h(
        'li',
        {},
        h('div', { class: 'through' }, ...through(step, words)),
        formula(sidesBelow(step.sides.join(' = '), 40), true),
        h(
          'p',
          { class: `verdict-line ${step.kind}` },
          `${markOf({ ...step, ok: false })} ${wordOf(step.kind, words)}`,
        ),
      ),
    ),
  )
  requestAnimationFrame(() => reachable(list))
  return list
}

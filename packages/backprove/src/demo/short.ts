// The demo in one screen: train, read the derivative, see it derived, have formulas judged. What it
// shows is what the commands under each heading print.
import { formula, grad } from '@backprove/graph'
import { accuracy, bookCnn, digits123, sgd, split, train } from '@backprove/nn'
import { derivation, verify } from '@backprove/verify'
import { progressBar } from '../terminal/progress.ts'
import type { Screen } from '../terminal/screen.ts'
import { wrapped } from '../terminal/table.ts'

const EPOCHS = 100

/** Formulas as a student writes them: the second has δ turned around. */
const CLAIMS = ["δ^O_n = (a^O_n - t_n) a'(z^O_n)", "δ^O_n = (t_n - a^O_n) a'(z^O_n)"]

/** What the demo found, for those who ask for JSON. */
export interface DemoResult {
  readonly parameters: number
  readonly trained: number
  readonly held: number
  readonly accuracy: number
  readonly derivative: string
  readonly verdicts: readonly { readonly formula: string; readonly verdict: string }[]
}

/** The last derivations that a person meets: of the filters and what it comes from. */
const STEPS = 2

export async function shortDemo(screen: Screen): Promise<DemoResult> {
  const data = split(digits123(), { train: 0.8, dev: 0, test: 0.2, seed: 1 })
  const model = bookCnn()
  const parameters = model.summary().parameters
  screen.line(screen.bold('A network, trained on real handwritten digits'))
  screen.line('  6×6 image → 3 filters 3×3 → σ → maxpool 2×2 → 3 outputs → σ')
  const began = performance.now()
  const options = { optimizer: sgd({ rate: 0.2 }), epochs: EPOCHS, batchSize: 16, seed: 1 }
  for await (const { step, steps, epoch } of train(model, data.train, options)) {
    screen.redraw(`  ${progressBar(step / steps)}  epoch ${epoch}`)
  }
  screen.settle()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const right = accuracy(model, data.test)
  const { train: part, test } = data
  screen.line(
    `  ${parameters} parameters, ${part.labels.length} digits, ${EPOCHS} epochs, ${seconds} s: ` +
      screen.good(`${(100 * right).toFixed(1)} % of ${test.labels.length} unseen digits right`),
  )

  const filters = model.graph.node('w^F')
  const derivative = formula(grad(model.cost, filters), { form: 'index' })
  heading(screen, 'Its derivative is mathematics', 'backprove derive bookCnn --wrt w^F')
  for (const step of derivation(model, filters).slice(-STEPS - 1, -1)) {
    const mark = step.verdict.kind === 'proved' ? screen.good('✓') : screen.dim('?')
    screen.line(`  ${mark} ${step.before} = ${step.after}`)
    for (const line of wrapped(step.rule, screen.columns - 6))
      screen.line(screen.dim(`      ${line}`))
  }

  heading(screen, 'A formula derived by hand is proved or refuted', 'backprove check NOTES.md')
  const verdicts = CLAIMS.map((claim) => ({ formula: claim, verdict: verify(model, claim) }))
  for (const { formula: claim, verdict } of verdicts) {
    const isGood = verdict.kind === 'proved'
    const mark = isGood ? screen.good('✓') : screen.bad('✗')
    const extent = isGood && verdict.scope === 'all-sizes' ? ' for all sizes' : ''
    screen.line(`  ${mark} ${claim}   ${isGood ? screen.good(`proved${extent}`) : 'refuted'}`)
    if (verdict.kind !== 'refuted') continue
    const [repair] = verdict.diagnoses
    if (!repair) continue
    for (const line of wrapped(repair.message, screen.columns - 6)) {
      screen.line(screen.dim(`      ${line}`))
    }
    screen.line(`      → ${repair.formula}`)
  }
  screen.line()
  screen.line(
    screen.dim('backprove demo --long shows the rest, backprove --help what else there is.'),
  )
  return {
    ...{ parameters, derivative, accuracy: right },
    ...{ trained: part.labels.length, held: test.labels.length },
    verdicts: verdicts.map(({ formula: claim, verdict }) => ({
      formula: claim,
      verdict: verdict.kind,
    })),
  }
}

function heading(screen: Screen, title: string, command: string): void {
  screen.line()
  screen.line(`${screen.bold(title)}  ${screen.dim(command)}`)
}

// backprove predict MODEL --data FILE: what a trained model says of each sample, and how often it
// is right where the file has labels. It reads arguments; the work is nn's.
import { accuracy, confusionMatrix, precision, predict, recall } from '@backprove/nn'
import { Command } from 'commander'
import { jsonOf } from '../terminal/json.ts'
import { columns } from '../terminal/table.ts'
import { loadFrom } from './files.ts'
import { exitCodes, type Shell, UsageError, wholeNumber } from './shell.ts'
import { type DataOptions, dataFrom, type HowToRun, withData, withRun } from './train-data.ts'

interface PredictOptions extends DataOptions, HowToRun {
  readonly limit: number
  readonly json?: boolean
}

export const predictCommand = (shell: Shell): Command =>
  withRun(withData(new Command('predict')))
    .description('what a trained model says of each sample')
    .argument('<model>', 'a checkpoint, as train saves it')
    .option('--limit <n>', 'samples to print', wholeNumber('--limit', { least: 0 }), 20)
    .option('--json', 'all predictions as JSON')
    .addHelpText(
      'after',
      exitCodes(
        'predicted',
        'the data or the model is wrong',
        'it was called wrongly, or a file is missing',
      ),
    )
    .action((path: string, options: PredictOptions) => {
      if (!path.endsWith('.safetensors')) {
        throw new UsageError(`${path} is no checkpoint: a file that ends in .safetensors`)
      }
      const { model } = loadFrom(path)
      const data = dataFrom(options)
      const { threads, precision: how } = options
      const answers = predict(model, data, { threads, precision: how })
      const confusion = confusionMatrix(model, data)
      const share = accuracy(model, data)
      if (options.json) {
        const all = answers.map(({ label, outputs }) => ({ label, outputs: [...outputs] }))
        shell.screen.line(jsonOf({ accuracy: share, confusion, predictions: all }))
        return
      }
      const name = (k: number): string => data.names?.[k] ?? String(k)
      const shown = answers.slice(0, options.limit)
      const rows = shown.map(({ label, outputs }, k) => [
        String(k + 1),
        name(data.labels[k]!),
        name(label),
        outputs[outputs.length > 1 ? label : 0]!.toFixed(4),
        label === data.labels[k] ? '' : 'wrong',
      ])
      for (const row of columns([['sample', 'is', 'read', 'output', ''], ...rows]))
        shell.screen.line(row)
      const rest = answers.length - shown.length
      if (rest > 0) shell.screen.line(`… and ${rest} more; --limit ${answers.length} shows all.`)
      const percent = (100 * share).toFixed(1)
      shell.screen.line(shell.screen.bold(`\n${percent} % of ${answers.length} right`))
      const percents = (values: number[]) =>
        values.map((value) => (Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`))
      const [precisions, recalls] = [percents(precision(confusion)), percents(recall(confusion))]
      const classes = confusion.map((_, k) => [name(k), precisions[k]!, recalls[k]!])
      for (const row of columns([['class', 'precision', 'recall'], ...classes]))
        shell.screen.line(row)
    })

// backprove export MODEL: a network, its gradients or its training step as a module for another
// engine, and a manifest that says what the module takes. Exit codes: 0 written, 2 cannot be.
import { basename } from 'node:path'
import { grad, type Node, ops, topologicalOrder } from '@backprove/graph'
import {
  type DType,
  type ExportOptions,
  moduleOfStep,
  type Outputs,
  toOnnx,
  toStableHLO,
} from '@backprove/interop'
import { adam, type Optimizer, recordStep, save, sgd } from '@backprove/nn'
import { Command, Option } from 'commander'
import { requirePlace, written } from './files.ts'
import { MODEL, type ReadModel, readModel } from './read-model.ts'
import { exitCodes, number, type Shell, UsageError, wholeNumber } from './shell.ts'

interface Options {
  readonly to: 'stablehlo' | 'onnx'
  readonly what?: What
  readonly optimizer: 'sgd' | 'adam'
  readonly rate?: number
  readonly batch: number
  readonly dtype: DType
  readonly output?: string
}
type What = 'step' | 'gradient' | 'forward'

interface Chosen extends ExportOptions {
  readonly outputs: Outputs
  readonly what: What
}

export const exportCommand = (shell: Shell): Command =>
  new Command('export')
    .description('a network and its derivative for another engine: StableHLO (XLA) or ONNX')
    .argument('<model>', MODEL)
    .addOption(
      new Option('--to <format>', 'the format')
        .choices(['stablehlo', 'onnx'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--what <part>', 'the training step, the cost with its gradients, or the cost')
        .choices(['step', 'gradient', 'forward'])
        .default(undefined, 'step for a net of nn, else gradient'),
    )
    .addOption(
      new Option('--optimizer <name>', 'of the step').choices(['sgd', 'adam']).default('sgd'),
    )
    .option(
      '--rate <number>',
      'learning rate (sgd 0.1, adam 0.001)',
      number('--rate', { above: 0 }),
    )
    .option('--batch <count>', 'samples of a step', wholeNumber('--batch', { least: 1 }), 32)
    .addOption(
      new Option('--dtype <type>', 'of all numbers')
        .choices(['float32', 'float64'])
        .default('float32'),
    )
    .option('-o, --output <file>', 'where the module goes (default: MODEL.mlir or MODEL.onnx)')
    .addHelpText('after', exitCodes('the module is written', 'never', 'it cannot be exported'))
    .action((model: string, options: Options) => exportModel(model, options, shell))

async function exportModel(given: string, options: Options, { screen }: Shell): Promise<void> {
  const read = await readModel(given)
  const { outputs, what, ...roles } = chosen(read, options)
  const settings = { ...roles, dtype: options.dtype }
  const isText = options.to === 'stablehlo'
  const stem = basename(given).replace(/\.(?:safetensors|json|txt|onnx)$/, '')
  const path = options.output ?? `${stem}${isText ? '.mlir' : `.${what}.onnx`}`
  requirePlace(path)
  const base = path.replace(/\.(?:mlir|onnx)$/, '')
  const { module, manifest } = isText ? text(outputs, settings) : bytes(outputs, settings)
  await written(path, module)
  await written(`${base}.manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`)
  screen.line(`${path}: the ${WORDS[what]}, ${Math.ceil(module.length / 1000)} kB`)
  for (const { name, shape, role } of manifest.inputs) {
    screen.line(screen.dim(`  ${role.padEnd(8)} ${name} [${shape.join(', ')}]`))
  }
  screen.line(`${base}.manifest.json: what it takes and gives`)
  if (!read.model) return
  save(read.model, `${base}.safetensors`)
  screen.line(`${base}.safetensors: the numbers to start from`)
}

const WORDS: Readonly<Record<What, string>> = {
  step: 'training step',
  gradient: 'cost and its gradients',
  forward: 'cost',
}

const text = (outputs: Outputs, options: ExportOptions) => {
  const { mlir, manifest } = toStableHLO(outputs, options)
  return { module: mlir, manifest }
}
const bytes = (outputs: Outputs, options: ExportOptions) => {
  const { bytes, manifest } = toOnnx(outputs, options)
  return { module: bytes, manifest }
}

function chosen({ model, cost }: ReadModel, options: Options): Chosen {
  const what = options.what ?? (model ? 'step' : 'gradient')
  if (what === 'step') {
    if (!model) throw new UsageError('--what step needs a net of nn or a checkpoint of one')
    return { what, ...moduleOfStep(recordStep(model, optimizerOf(options), options.batch)) }
  }
  const of = model ? model.at(options.batch) : undefined
  const from = of?.cost ?? cost
  const outputs: Record<string, Node> = { cost: from, ...(of && { y: of.y }) }
  if (what === 'forward') return { what, outputs }
  const parameters = topologicalOrder([from]).filter(({ op }) => op === ops.parameter)
  if (parameters.length === 0) throw new UsageError('the network has no parameters to derive by')
  grad(from, parameters).forEach((derivative, k) => {
    outputs[`gradient of ${parameters[k]!.name}`] = derivative
  })
  return { what, outputs }
}

const optimizerOf = ({ optimizer, rate }: Options): Optimizer =>
  optimizer === 'adam' ? adam({ rate: rate ?? 1e-3 }) : sgd({ rate: rate ?? 0.1 })

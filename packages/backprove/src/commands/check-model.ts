// backprove check MODEL FORMULA …: verdicts about a network that is not written in a document, such
// as an ONNX model or a checkpoint.
import { nets } from '@backprove/nn'
import { format, type Verdict, verify } from '@backprove/verify'
import { jsonOf } from '../terminal/json.ts'
import { readModel } from './read-model.ts'
import { type Shell, UsageError } from './shell.ts'

/** Ready-made nets, and files that hold a network and no formulas. */
export const isModelFile = (path: string): boolean =>
  Object.hasOwn(nets, path) || /\.(?:onnx|safetensors|json)$/i.test(path)

export interface ModelCheck {
  readonly json?: boolean
  readonly deadline?: number
  readonly allow: readonly string[]
}

const isFine = ({ kind }: Verdict, allow: readonly string[]): boolean =>
  ['proved', 'agrees', 'holds-if', ...allow].includes(kind)

/** The names that formulas may use, with their shapes. */
const named = (names: Iterable<readonly [string, { readonly shape: readonly number[] }]>) =>
  [...names].map(([name, { shape }]) => `${name} [${shape.join(', ')}]`)

/** 0 where every formula is fine, else 1. @throws UsageError for what is no model, or no formula */
export async function checkModel(
  path: string,
  formulas: readonly string[],
  { json, deadline, allow }: ModelCheck,
  { screen }: Shell,
): Promise<number> {
  const { cost } = await readModel(path)
  if (formulas.length === 0) {
    const arrays = named(cost.graph.named).slice(0, 40).join(', ')
    throw new UsageError(
      `${path}: a model has no formulas; write them behind it, each in quotes. Its arrays: ${arrays}`,
    )
  }
  const verdicts = formulas.map((formula) =>
    verify(cost, formula, deadline === undefined ? {} : { deadline }),
  )
  if (json) {
    screen.line(jsonOf(formulas.map((formula, k) => ({ formula, verdict: verdicts[k] }))))
  } else {
    for (const [k, verdict] of verdicts.entries()) {
      const sign = isFine(verdict, allow) ? screen.good('✓') : screen.bad('✗')
      screen.line(`${sign} ${formulas[k]}`)
      for (const line of format(verdict).split('\n')) screen.line(`  ${line}`)
    }
  }
  return verdicts.every((verdict) => isFine(verdict, allow)) ? 0 : 1
}

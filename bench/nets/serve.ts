// The process of one of ours in the race of nets: reads requests as lines of JSON, trains, answers.
import { createInterface } from 'node:readline'
import { type CompileOptions, compile } from '@backprove/kernels'
import { type NetName, nets } from './nets.ts'
import { record } from './record.ts'

export type Request =
  /** The file holds what all start from, one array after another. */
  { readonly net: NetName; readonly file: string } | { readonly seconds: number }
export type Reply =
  | { readonly costs: readonly number[] }
  | { readonly samples: number; readonly seconds: number }
  | { readonly failure: string }

const options = JSON.parse(process.argv[2] ?? '{}') as CompileOptions
let run = (): number => 0
let batch = 0

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request
  process.stdout.write(
    `${JSON.stringify('net' in request ? prepare(request) : measure(request.seconds))}\n`,
  )
}

function prepare({ net }: Extract<Request, { net: NetName }>): Reply {
  const { cost, state, states, feeds } = record(nets[net])
  const program = compile([cost], { ...options, backend: 'wasm', state, views: true })
  program.setState(states)
  run = () => program.run(feeds)[0]![0]!
  ;({ batch } = nets[net])
  return { costs: [run(), run(), run()] }
}

/** Processor time of this thread; the time that passes where there are several: some wait busily. */
function usage(): number {
  if ((options.threads ?? 1) > 1) return performance.now() / 1000
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}

function measure(seconds: number): Reply {
  const start = usage()
  let runs = 0
  while (usage() - start < seconds) {
    run()
    runs += 1
  }
  return { samples: runs * batch, seconds: usage() - start }
}

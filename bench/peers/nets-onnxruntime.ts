// The process of ONNX Runtime in the race of nets: the step as `toOnnx` writes it, one thread.
import { createInterface } from 'node:readline'
import { createOrtStep, type OrtStep, toOnnx } from '@backprove/interop'
import * as runtime from 'onnxruntime-node'
import { nets } from '../nets/nets.ts'
import { record } from '../nets/record.ts'
import type { Reply, Request } from '../nets/serve.ts'

let step: OrtStep | undefined
let run = async (): Promise<number> => 0
let batch = 0

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request
  const reply = 'net' in request ? await prepare(request) : await measure(request.seconds)
  process.stdout.write(`${JSON.stringify(reply)}\n`)
}

async function prepare({ net }: Extract<Request, { net: unknown }>): Promise<Reply> {
  try {
    await step?.release()
    const { cost, state, states, feeds } = record(nets[net])
    const session = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 }
    const next = state.map(([leaf, value]) => [leaf.name!, value] as const)
    const outputs = { cost, ...Object.fromEntries(next) }
    const roles = Object.fromEntries(next.map(([name]) => [name, 'state' as const]))
    const { bytes } = toOnnx(outputs, { roles })
    const made = await createOrtStep(bytes, { runtime, session })
    made.setState(states)
    step = made
    run = async () => (await made.run(feeds)).cost![0]!
    ;({ batch } = nets[net])
    return { costs: [await run(), await run(), await run()] }
  } catch (error) {
    return { failure: String(error) }
  }
}

async function measure(seconds: number): Promise<Reply> {
  const used = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  }
  const start = used()
  let runs = 0
  while (used() - start < seconds) {
    await run()
    runs += 1
  }
  return { samples: runs * batch, seconds: used() - start }
}

#!/usr/bin/env node
// The command line: finds the command and turns errors into one sentence and an exit code.
import { check } from './commands/check.ts'
import { derive } from './commands/derive.ts'
import { trainCommand } from './commands/train.ts'
import { UsageError } from './commands/usage.ts'
import { demo } from './demo/demo.ts'
import { screenOn } from './terminal/screen.ts'

const USAGE = `backprove <command>

  demo                        the main job, end to end: train, differentiate, check
  check NOTES.md              a verdict for every formula of a document
  derive MODEL --wrt w^F      a derivation, step by step
  train MODEL --data FILE     train, with progress, cost curve and checkpoints
`

/** The first Ctrl-C ends training and saves, or ends a watch; a second one ends the process. */
const interrupted = (): AbortSignal => {
  const interruption = new AbortController()
  process.once('SIGINT', () => interruption.abort())
  return interruption.signal
}

type Command = (args: readonly string[]) => Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = {
  demo: async () => {
    await demo(screenOn(process.stdout))
    return 0
  },
  check: (args) => check(args, screenOn(process.stdout), interrupted),
  derive: (args) => derive(args, screenOn(process.stdout)),
  train: (args) => trainCommand(args, screenOn(process.stdout), interrupted()),
}

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2)
  if (name === '--help' || name === '-h') {
    process.stdout.write(USAGE)
    return 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    process.stderr.write(`${name ? `backprove: there is no command "${name}"\n\n` : ''}${USAGE}`)
    return 2
  }
  try {
    return await command(args)
  } catch (error) {
    process.stderr.write(`backprove ${name}: ${(error as Error).message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

process.exitCode = await main()

// The command line as a program over a shell: which commands there are, and how an error becomes
// one sentence and an exit code. A command is a file of commands/ and a line here.
import { readFileSync } from 'node:fs'
import { GraphProblem } from '@backprove/graph'
import { fileReason } from '@backprove/nn'
import { Command, CommanderError } from 'commander'
import { checkCommand } from './commands/check.ts'
import { answerCompletion, completionCommand } from './commands/completion.ts'
import { demoCommand } from './commands/demo.ts'
import { deriveCommand } from './commands/derive.ts'
import { exportCommand } from './commands/export.ts'
import { predictCommand } from './commands/predict.ts'
import { exitCodes, type Shell, UsageError } from './commands/shell.ts'
import { trainCommand } from './commands/train.ts'
import { viewCommand } from './commands/view.ts'

/** The commands in the order of the help. */
const COMMANDS = [
  demoCommand,
  checkCommand,
  deriveCommand,
  viewCommand,
  trainCommand,
  predictCommand,
  exportCommand,
  completionCommand,
]

/** Runs the command that the arguments name; its exit code. Errors are printed, never thrown. */
export async function run(args: readonly string[], surroundings: Shell): Promise<number> {
  let code = 0
  const shell: Shell = {
    ...surroundings,
    exit: (next) => {
      code = next
    },
  }
  const program = programOn(shell)
  if (args[0] === 'complete') {
    answerCompletion(program, args.slice(1), shell)
    return 0
  }
  try {
    if (args[0] === 'help') requireCommand(program, args[1])
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    return say(error as Error, program, args, shell)
  }
}

function programOn(shell: Shell): Command {
  const program = new Command('backprove')
  program
    .description('Networks as graphs, derivatives as mathematics, formulas proved or refuted.')
    .version(version(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', exitCodes('as the command says', 'as it says', 'it was called wrongly'))
  for (const make of COMMANDS) program.addCommand(make(shell))
  for (const command of [program, ...program.commands]) settle(command, shell)
  return program
}

/** Commander does not hand settings down to commands that are made apart. */
function settle(command: Command, { screen, errors }: Shell): void {
  command.exitOverride()
  command.helpOption('-h, --help', 'print this help')
  command.configureOutput({
    writeOut: (text) => screen.line(text.replace(/\n$/, '')),
    writeErr: (text) => errors.line(text.replace(/\n$/, '')),
    // Printed once, by `say`.
    outputError: () => {},
    getOutHelpWidth: () => screen.columns,
    getErrHelpWidth: () => errors.columns,
  })
}

/** Commander prints the whole help for a command that it does not know. @throws UsageError */
function requireCommand(program: Command, name: string | undefined): void {
  const names = program.commands.map((command) => command.name())
  if (name === undefined || names.includes(name)) return
  throw new UsageError(`there is no command ${JSON.stringify(name)}; there are ${names.join(', ')}`)
}

/** What others call a command or an option of ours. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ...{ verify: 'check', prove: 'check', proof: 'check', lint: 'check' },
  ...{ grad: 'derive', diff: 'derive', derivative: 'derive', show: 'view', open: 'view' },
  ...{ fit: 'train', run: 'predict', version: '--version', '-V': '--version' },
  ...{ '--lr': '--rate', '--learning-rate': '--rate', '--batch-size': '--batch' },
  ...{ '--out': '--output', '--format': '--to', '--resume-from': '--resume' },
}

/** An error of commander's, whose own guess goes by letters alone. */
const guessed = (text: string): string =>
  text.replace(/(unknown (?:command|option) '([^']+)')(?:\n.*)?$/, (whole, said, word) => {
    const ours = Object.hasOwn(SYNONYMS, word) ? SYNONYMS[word] : undefined
    return ours ? `${said}\n(Did you mean ${ours}?)` : whole
  })

function say(error: Error, program: Command, args: readonly string[], { errors }: Shell): number {
  // A file that is not there is a word of the call too, whoever was to read it.
  const isFile = fileReason(error.cause) !== undefined
  const usage = isFile || error instanceof UsageError || error instanceof CommanderError
  // Without a command the help was the answer, and is printed.
  if (error instanceof CommanderError && error.code === 'commander.help') return 2
  const name = program.commands.find((command) => command.name() === args[0])?.name()
  const called = name === undefined ? 'backprove' : `backprove ${name}`
  // The line of the user's code that an error of the library names is one of ours here.
  const said = error instanceof GraphProblem ? error.sentence : error.message
  errors.line(`${errors.bad(`${called}:`)} ${guessed(said.replace(/^error: /, ''))}`)
  if (usage) errors.line(errors.dim(`${called} --help tells how it is called.`))
  return usage ? 2 : 1
}

/** The manifest is beside `src` in the repository and beside `dist` in the package. */
function version(): string {
  const manifest = new URL('../package.json', import.meta.url)
  return JSON.parse(readFileSync(manifest, 'utf8')).version
}

// backprove completion SHELL: a script that completes commands, options and files, and the answers
// that it asks for, read off the commands themselves.
import { Argument, Command, type Option } from 'commander'
import { COMPLETION_SCRIPTS } from './completion-scripts.ts'
import { exitCodes, type Shell } from './shell.ts'

export const completionCommand = (shell: Shell): Command =>
  new Command('completion')
    .description('a script for the shell: source <(backprove completion bash)')
    .addArgument(
      new Argument('<shell>', 'the shell that you use').choices(Object.keys(COMPLETION_SCRIPTS)),
    )
    .addHelpText('after', exitCodes('always', 'never', 'there is no script for this shell'))
    .action((name: string) => shell.screen.line(COMPLETION_SCRIPTS[name]))

/**
 * Answers `backprove complete -- check --js`: on each line a suggestion and its meaning; nothing
 * where a file is meant.
 */
export function answerCompletion(program: Command, args: readonly string[], shell: Shell): void {
  const words = (args[0] === '--' ? args.slice(1) : args).map((word) => word.replace(/^""$/, ''))
  const begun = words.at(-1) ?? ''
  for (const { word, meaning } of suggest(program, words.slice(0, -1), begun)) {
    if (word.startsWith(begun)) shell.screen.line(meaning ? `${word}\t${meaning}` : word)
  }
}

interface Suggestion {
  readonly word: string
  readonly meaning: string
}

const choicesOf = (choices: readonly string[] = []): Suggestion[] =>
  choices.map((word) => ({ word, meaning: '' }))

function suggest(program: Command, before: readonly string[], begun: string): Suggestion[] {
  const command = program.commands.find((each) => each.name() === before[0])
  const options = program.createHelp().visibleOptions(command ?? program)
  const last = before.at(-1) ?? ''
  const open = options.find(
    (option) => takesValue(option) && [option.long, option.short].includes(last),
  )
  if (open) return choicesOf(open.argChoices)
  if (begun.startsWith('-')) {
    return options.map(({ long, description }) => ({ word: long ?? '', meaning: description }))
  }
  if (command) return choicesOf(command.registeredArguments[0]?.argChoices)
  return program.commands.map((each) => ({ word: each.name(), meaning: each.description() }))
}

const takesValue = ({ required, optional }: Option): boolean => required || optional

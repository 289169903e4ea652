// What a command has of its surroundings, and what all commands have in common: how a wrong use is
// said, how numbers are read, how exit codes are listed in the help.
import { Option } from 'commander'
import type { Screen } from '../terminal/screen.ts'

/** The terminal that a command runs in; tests give one that records. */
export interface Shell {
  /** Answers. */
  readonly screen: Screen
  /** Errors and warnings. */
  readonly errors: Screen
  /** Aborted by the first Ctrl-C; a second one ends the process. */
  interruption(): AbortSignal
  /** Sets the exit code: 0 unless a command says otherwise. */
  exit(code: number): void
}

/** A command that was called wrongly: exit code 2, where 1 is the command's own answer. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export type Range = {
  readonly least?: number
  readonly above?: number
  readonly below?: number
  readonly most?: number
}

/** Reads the number of an option. */
export const number =
  (option: string, range: Range = {}) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    const { least = -Infinity, above = -Infinity, below = Infinity, most = Infinity } = range
    const isInside = value >= least && value > above && value < below && value <= most
    if (Number.isFinite(value) && isInside) return value
    throw new UsageError(`${option} is "${text}"; it must be a number${inWords(range)}`)
  }

/** Reads the whole number of an option. */
export const wholeNumber =
  (option: string, range: Range = { least: 0 }) =>
  (text: string): number => {
    const value = number(option, range)(text)
    if (Number.isSafeInteger(value)) return value
    throw new UsageError(`${option} is "${text}"; it must be a whole number${inWords(range)}`)
  }

const inWords = ({ least, above, below, most }: Range): string => {
  const words = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ]
  return words.length > 0 ? `, ${words.join(' and ')}` : ''
}

/** The exit codes of a command as its help lists them, from 0 on. */
export const exitCodes = (...meanings: readonly string[]): string =>
  `\nExit codes:\n${meanings.map((meaning, code) => `  ${code}  ${meaning}`).join('\n')}`

/** `--lang`, of the commands that write a page. */
export const languageOption = (what: string): Option =>
  new Option('--lang <language>', what).choices(['en', 'zh-CN'])

// The message of a repair in another language, made of the codes and values of its edits.
import type { Repair } from '../verdict/verdict.ts'
import type { Language } from './english/english.ts'
import { say } from './sentence.ts'

/** What a repair says. An edit that the language has no name for is told as it was made. */
export const messageOf = ({ edits, message }: Repair, language: Language): string => {
  const { repairs } = language
  if (!repairs || edits.some(({ code }) => !Object.hasOwn(repairs, code))) return message
  const told = edits.map(({ code, values: { was, becomes, assume } }) => {
    const name = repairs[code]!
    if (assume !== undefined) return say(language, 'repair-assume', { name, assume })
    if (was === undefined || becomes === undefined) return say(language, 'repair-only', { name })
    return say(language, 'repair-change', { name, was, becomes })
  })
  return told.join('')
}

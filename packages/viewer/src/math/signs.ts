// What is set for a sign that was read.
import { commandSign } from './commands.ts'

/** Signs that are set as others: those of the keyboard, and one that the font has in one form. */
const SET_AS: Readonly<Record<string, string>> = {
  ...{
    '-': '−',
    '*': '∗',
    "'": '′',
    '⋅': '·',
    '\\@imath': 'ı',
    '\\@jmath': 'ȷ',
    '\\backslash': '\\',
  },
}

/** @throws Error where a command has no sign */
export function signOf(text: string): string {
  const written = SET_AS[text] ?? commandSign(text) ?? text
  const sign = SET_AS[written] ?? written
  if (!sign.startsWith('\\') || sign === '\\') return sign
  if (sign.length > 2) throw new Error(`no sign: ${sign}`)
  return sign.slice(1)
}

/** Bars that stand beside something: as relations they are other signs. */
export const barOf = (text: string): string => signOf(text).replace('∣', '|').replace('∥', '‖')

// Letters of other faces: bold, script, double-struck ones are signs of their own in Unicode.

/** Where a face begins: its capitals, small letters, digits, Greek capitals and small letters. */
interface Face {
  readonly latin: number
  readonly digits?: number
  readonly greek?: number
  /** Letters that Unicode had before the others. */
  readonly apart?: Readonly<Record<string, string>>
}

const SCRIPT = { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ' }
const script: Face = { latin: 0x1d49c, apart: { ...SCRIPT, e: 'ℯ', g: 'ℊ', o: 'ℴ' } }
const bold: Face = { latin: 0x1d400, digits: 0x1d7ce, greek: 0x1d6a8 }

const FACES: Readonly<Record<string, Face>> = {
  mathbf: bold,
  textbf: bold,
  boldsymbol: { latin: 0x1d468, digits: 0x1d7ce, greek: 0x1d71c },
  mathit: { latin: 0x1d434, apart: { h: 'ℎ' } },
  textit: { latin: 0x1d434, apart: { h: 'ℎ' } },
  mathcal: script,
  mathscr: script,
  mathfrak: { latin: 0x1d504, apart: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' } },
  mathbb: {
    ...{ latin: 0x1d538, digits: 0x1d7d8 },
    apart: { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
  },
  mathsf: { latin: 0x1d5a0, digits: 0x1d7e2 },
  mathtt: { latin: 0x1d670, digits: 0x1d7f6 },
}

/** Forms of Greek letters, after the small ones. */
const FORMS = '∂ϵϑϰϕϱϖ'

/** A letter or digit in a face; what it has no sign for stays. */
export function inFace(letter: string, name: string): string {
  const face = FACES[name]
  if (!face) return letter
  const at = (first: number, letters: number): string => String.fromCodePoint(first + letters)
  const code = letter.codePointAt(0)!
  const { latin, digits, greek, apart } = face
  if (apart?.[letter]) return apart[letter]
  if (/^[A-Z]$/.test(letter)) return at(latin, code - 65)
  if (/^[a-z]$/.test(letter)) return at(latin, code - 97 + 26)
  if (/^\d$/.test(letter) && digits !== undefined) return at(digits, code - 48)
  if (greek === undefined) return letter
  if (/^[Α-Ω]$/.test(letter)) return at(greek, code - 0x391)
  if (letter === '∇') return at(greek, 25)
  if (/^[α-ω]$/.test(letter)) return at(greek, code - 0x3b1 + 26)
  const form = FORMS.indexOf(letter)
  return form < 0 ? letter : at(greek, 51 + form)
}

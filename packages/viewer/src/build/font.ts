// The mathematical font, cut down to what formulas here are set in: STIX Two Math (SIL Open Font
// License), 403 kB as a whole. Made once, then kept beside the other built files.
import { existsSync, statSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const made = new URL('../../dist/assets/math.woff2', import.meta.url)
/** The font as a whole: asked for where a font is made, for who reads its signs may not have it. */
export const sourceFont = (): string =>
  fileURLToPath(
    import.meta.resolve('@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2'),
  )

/** [first, last] of each range of characters. */
const RANGES: readonly (readonly [number, number])[] = [
  // Of ASCII what formulas have, no %, & and '; of Greek capitals those that are not Latin ones.
  [0x20, 0x21],
  [0x28, 0x3f],
  [0x41, 0x5b],
  [0x5d, 0x5d],
  [0x61, 0x7d],
  // Capitals of Greek are upright, its small letters italic; Latin bold and italic; bold 0 and 1.
  [0x1d400, 0x1d467],
  // Without ο, ς, ϑ, ϰ, ϱ and ϖ, in which nobody derives.
  [0x1d6fc, 0x1d709],
  [0x1d70b, 0x1d70c],
  [0x1d70e, 0x1d716],
  [0x1d719, 0x1d719],
  [0x1d7ce, 0x1d7cf],
]
export const SIGNS = 'ΓΔΘΛΠΣΦΨΩℎℓℝϵϕ′″∂∇∑∏√∞∈±×·∗⋆⊙⊗∘≤≥≠≈∼→←⌊⌋⌈⌉⟨⟩‖∣⊤⋯…−ıˆ˜ˉ˙'

const timeOf = (file: URL): number => statSync(file).mtimeMs

/** Made by this file as it stands. */
const isMade = (): boolean => existsSync(made) && timeOf(made) > timeOf(new URL(import.meta.url))

/** The font's bytes, made where they are not there yet. */
export async function mathFont(): Promise<Uint8Array> {
  if (isMade()) return readFile(made)
  const { default: subset } = await import('subset-font')
  const letters = RANGES.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, k) => String.fromCodePoint(first + k)),
  )
  const source = await readFile(sourceFont())
  // Hints are for coarse screens of long ago, and a third of the bytes.
  const font = await subset(source, letters.join('') + SIGNS, {
    ...{ targetFormat: 'woff2', noHinting: true, keepFeatures: ['ssty', 'dtls'] },
  })
  await mkdir(new URL('.', made), { recursive: true })
  // Tests run side by side: whoever reads it reads it whole.
  const own = new URL(`${made}.${process.pid}`)
  await writeFile(own, font)
  await rename(own, made)
  return font
}

// The formulas of note 003 as loops over plain numbers, written from the note, not from the graph:
// the demo compares them with `grad`. Indices count from 0 here; the note's i' = ⌈i/2⌉ is i >> 1.

/** Values of one sample, row-major: x [6,6], zF and aF [3,4,4], wO [3,3,2,2], the rest [3]. */
export interface BookValues {
  readonly x: Float64Array
  readonly zF: Float64Array
  readonly aF: Float64Array
  readonly aP: Float64Array
  readonly wO: Float64Array
  readonly zO: Float64Array
  readonly aO: Float64Array
  readonly t: Float64Array
}

export interface HandFormula {
  /** The formula in the note's letters. */
  readonly text: string
  /** The node it speaks of, by the name `grad` knows: the derivative by this one. */
  readonly by: string
  readonly value: (v: BookValues) => Float64Array
}

const sigmaPrime = (z: number): number => {
  const s = 1 / (1 + Math.exp(-z))
  return s * (1 - s)
}
const at = (k: number, i: number, j: number): number => k * 16 + i * 4 + j
const pooled = (k: number, i: number, j: number): number => k * 4 + (i >> 1) * 2 + (j >> 1)

/** δ_n^O = (a_n^O − t_n) a'(z_n^O) */
const deltaO = (v: BookValues): Float64Array =>
  v.aO.map((a, n) => (a - v.t[n]!) * sigmaPrime(v.zO[n]!))

/** δ^{Fk}_ij = (Σ_n δ^O_n w^{On}_{k-i'j'}) · [a^{Fk}_ij is its block's maximum] · a'(z^{Fk}_ij) */
function deltaF(v: BookValues): Float64Array {
  const output = deltaO(v)
  const delta = new Float64Array(48)
  for (let k = 0; k < 3; k++) {
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        const place = pooled(k, i, j)
        if (v.aF[at(k, i, j)] !== v.aP[place]) continue
        let sum = 0
        for (let n = 0; n < 3; n++) sum += output[n]! * v.wO[n * 12 + place]!
        delta[at(k, i, j)] = sum * sigmaPrime(v.zF[at(k, i, j)]!)
      }
    }
  }
  return delta
}

/** ∂C/∂w^{On}_{k-ij} = δ^O_n a^{Pk}_ij */
const gradientWO = (v: BookValues): Float64Array =>
  Float64Array.from([...deltaO(v)].flatMap((d) => Array.from(v.aP, (a) => d * a)))

/** ∂C/∂w^{Fk}_ij = Σ_{i'j'} δ^{Fk}_{i'j'} x_{i+i'−1, j+j'−1} */
function gradientWF(v: BookValues): Float64Array {
  const delta = deltaF(v)
  const gradient = new Float64Array(27)
  for (let entry = 0; entry < 27; entry++) {
    const k = Math.floor(entry / 9)
    const row = Math.floor(entry / 3) % 3
    const column = entry % 3
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        gradient[entry]! += delta[at(k, i, j)]! * v.x[(row + i) * 6 + column + j]!
      }
    }
  }
  return gradient
}

/** ∂C/∂b^{Fk} = Σ_ij δ^{Fk}_ij */
function gradientBF(v: BookValues): Float64Array {
  const delta = deltaF(v)
  return Float64Array.from({ length: 3 }, (_, k) =>
    delta.subarray(k * 16, (k + 1) * 16).reduce((sum, d) => sum + d, 0),
  )
}

export const FORMULAS_OF_NOTE_003: readonly HandFormula[] = [
  { text: 'δᴼₙ = (aᴼₙ − tₙ) a′(zᴼₙ)', by: 'z^O', value: deltaO },
  { text: '∂C/∂wᴼⁿₖ₋ᵢⱼ = δᴼₙ aᴾᵏᵢⱼ', by: 'w^O', value: gradientWO },
  { text: '∂C/∂bᴼₙ = δᴼₙ', by: 'b^O', value: deltaO },
  { text: "δᶠᵏᵢⱼ = (Σₙ δᴼₙ wᴼⁿₖ₋ᵢ'ⱼ') [aᶠᵏᵢⱼ = max] a′(zᶠᵏᵢⱼ)", by: 'z^F', value: deltaF },
  { text: "∂C/∂wᶠᵏᵢⱼ = Σ δᶠᵏᵢ'ⱼ' xᵢ₊ᵢ'₋₁,ⱼ₊ⱼ'₋₁", by: 'w^F', value: gradientWF },
  { text: '∂C/∂bᶠᵏ = Σ δᶠᵏᵢⱼ', by: 'b^F', value: gradientBF },
]

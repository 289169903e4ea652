// erf(x) = 2/√π ∫₀ˣ e^{−t²} dt in float64, by two polynomials fitted for this file (Chebyshev
// interpolation in 60 digits): x P(x²) up to 1, and 1 − e^{−x²} Q(1/(1 + x/2)) beyond, whose errors
// are below 2⁻⁶² and 2⁻⁵⁹. From 6 on erf rounds to 1.

export interface ErfFit {
  /** P, the constant term first. */
  readonly near: readonly number[]
  /** Q in s = (t − centre)/reach, the constant term first. */
  readonly far: readonly number[]
  readonly centre: number
  readonly reach: number
  /** Where erf rounds to 1. */
  readonly one: number
}

/** The rational fits of erf, interval by interval: kernels use the same numbers. */
export const ERF_FITS: Readonly<Record<'float32' | 'float64', ErfFit>> = {
  float64: {
    near: [
      1.1283791670955126, -0.3761263890318375, 0.11283791670954879, -0.026866170645076792,
      0.0052239776248180145, -0.000854832698083379, 0.0001205533111164271, -1.4925595266831182e-5,
      1.6461000484121368e-6, -1.6350312701054695e-7, 1.4659775274047436e-8, -1.1372848856791674e-9,
      5.957176147748911e-11,
    ],
    far: [
      0.2214295402299318, 0.16189356804102495, 0.038560570425182426, 0.005588816281841403,
      0.00019713917772795885, -8.07922042879663e-5, -7.340517938287998e-6, 1.9795619759276e-6,
      1.6349937383405805e-7, -7.005371793736792e-8, -5.886053299221601e-10, 2.625007492297143e-9,
      -2.68698518348558e-10, -7.468711818050684e-11, 2.2135736614933752e-11, 4.775776110782188e-13,
      -9.369456032869593e-13,
    ],
    centre: 11 / 24,
    reach: 5 / 24,
    one: 6,
  },
  float32: {
    near: [
      1.1283791658483509, -0.37612626666720334, 0.11283594715160218, -0.026854212010626412,
      0.005189087423433974, -0.000801686428716587, 7.875875062685488e-5,
    ],
    far: [
      0.25539567631050575, 0.1423953299228289, 0.026850911280617798, 0.0029247520788123972,
      4.607866369061166e-5, -2.802938325549644e-5, -1.1494861984942571e-6,
    ],
    centre: 1 / 2,
    reach: 1 / 6,
    one: 4,
  },
}

const at = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0)

/** The error function. */
export function erf(x: number): number {
  const { near, far, centre, reach, one } = ERF_FITS.float64
  const size = Math.abs(x)
  if (size <= 1) return x * at(near, x * x)
  if (size >= one) return Math.sign(x)
  const rest = Math.exp(-size * size) * at(far, (1 / (1 + size / 2) - centre) / reach)
  return Math.sign(x) * (1 - rest)
}

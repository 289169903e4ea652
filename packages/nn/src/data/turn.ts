// The cosine and sine of an angle in degrees, with the same bits on every machine (Math.cos may
// differ between engines) and exact at quarter turns.

/** [cos, sin] of `degrees`: whole quarter turns exactly, what remains by Taylor's series. */
export function turn(degrees: number): [cosine: number, sine: number] {
  const quarters = Math.round(degrees / 90)
  const angle = ((degrees - 90 * quarters) * Math.PI) / 180
  let [cosine, sine, term] = [0, 0, 1]
  // |angle| ≤ π/4, so the terms after the twentieth are below 10⁻²⁰.
  for (let n = 0; n < 20; n += 2) {
    const sign = n % 4 === 0 ? 1 : -1
    cosine += sign * term
    term *= angle / (n + 1)
    sine += sign * term
    term *= angle / (n + 2)
  }
  for (let i = 0; i < ((quarters % 4) + 4) % 4; i++) [cosine, sine] = [-sine, cosine]
  return [cosine, sine]
}

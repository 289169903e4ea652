// Normal numbers by the hundred thousand, for noise: the ziggurat of G. Marsaglia and W. W. Tsang
// (J. Stat. Softw. 5, 2000) with 256 layers of equal area under e^{−x²/2}. Ninety-nine in a
// hundred take one word, a product and a comparison. Its exponentials and logarithms are sums of
// its own, so that the bits are the same on every machine.

const LAYERS = 256
/** Where the tail begins, and the area of each layer (J. A. Doornik 2005). */
const TAIL = 3.6541528853610088
const AREA = 0.00492867323397466

/** e^{−t}, 0 ≤ t < 7: a series for t/64, squared six times. */
function exponential(t: number): number {
  const part = -t / 64
  let [term, sum] = [1, 1]
  for (let k = 1; k < 10; k++) {
    term *= part / k
    sum += term
  }
  for (let k = 0; k < 6; k++) sum *= sum
  return sum
}

/** log u, 0 < u ≤ 1: u = 2^{−k} v, and log v = 2 artanh((v − 1)/(v + 1)). */
function logarithm(u: number): number {
  let [rest, halvings] = [u, 0]
  while (rest < Math.SQRT1_2) {
    rest *= 2
    halvings++
  }
  const z = (rest - 1) / (rest + 1)
  let sum = 0
  for (let k = 23; k > 0; k -= 2) sum = sum * z * z + 1 / k
  return 2 * z * sum - halvings * Math.LN2
}

/** The right edges of the layers, widest first, and the density there. The lowest holds the tail. */
function layers() {
  const [edge, density] = [new Float64Array(LAYERS + 1), new Float64Array(LAYERS + 1)]
  edge[1] = TAIL
  density[1] = exponential((TAIL * TAIL) / 2)
  edge[0] = AREA / density[1]
  for (let k = 2; k < LAYERS; k++) {
    density[k] = density[k - 1]! + AREA / edge[k - 1]!
    edge[k] = Math.sqrt(-2 * logarithm(density[k]!))
  }
  density[LAYERS] = 1
  return { edge, density }
}

let known: ReturnType<typeof layers> | undefined

/** Fills the array with standard normal numbers made of words of 32 bits. */
export function fillNormal(to: Float32Array | Float64Array, source: { next(): number }): void {
  known ??= layers()
  const { edge, density } = known
  for (let k = 0; k < to.length; k++) {
    for (;;) {
      // Eight bits choose the layer, the others −1 < u < 1.
      const word = source.next()
      const layer = word >>> 24
      const x = (((word << 8) >> 8) + 0.5) * 2 ** -23 * edge[layer]!
      if (Math.abs(x) < edge[layer + 1]!) {
        to[k] = x
        break
      }
      if (layer === 0) {
        const beyond = tail(source)
        to[k] = x < 0 ? -beyond : beyond
        break
      }
      const height = density[layer]! + unit(source) * (density[layer + 1]! - density[layer]!)
      if (height < exponential((x * x) / 2)) {
        to[k] = x
        break
      }
    }
  }
}

/** 0 < u ≤ 1. */
const unit = (source: { next(): number }): number => ((source.next() >>> 0) + 1) * 2 ** -32

/** Beyond the last layer's edge: exponential, and taken with probability e^{−(x − edge)²/2}. */
function tail(source: { next(): number }): number {
  for (;;) {
    const distance = -logarithm(unit(source)) / TAIL
    if (-2 * logarithm(unit(source)) > distance * distance) return TAIL + distance
  }
}

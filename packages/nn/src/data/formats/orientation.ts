// Which way up a photograph is: cameras store what their sensor saw, and say how it is turned.

const ORIENTATION = 0x0112
const SHORT = 3

/** The markers of a JPEG before its pixels, and the bytes that each has. */
export function* segmentsOf(bytes: Uint8Array): Generator<{ marker: number; body: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = view.getUint16(at)
    if (marker < 0xff01 || marker === 0xffd9 || marker === 0xffda) return
    // Bytes 0xff may fill the place before a marker.
    if (marker === 0xffff) {
      at++
      continue
    }
    const length = view.getUint16(at + 2)
    yield { marker, body: bytes.subarray(at + 4, at + 2 + length) }
    at += 2 + length
  }
}

/** The number 1 … 8 that EXIF 2.32 has for it (4.6.4, tag 274); 1, as it stands, where none is. */
export function orientationOf(bytes: Uint8Array): number {
  for (const { marker, body } of segmentsOf(bytes)) {
    const isExif = marker === 0xffe1 && String.fromCharCode(...body.subarray(0, 4)) === 'Exif'
    if (isExif) return orientationIn(body.subarray(6))
  }
  return 1
}

/** Of the first directory of a TIFF header. */
function orientationIn(tiff: Uint8Array): number {
  const isLittle = tiff[0] === 0x49
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length)
  const short = (at: number) => (at + 2 <= tiff.length ? view.getUint16(at, isLittle) : 0)
  if (tiff.length < 8 || short(2) !== 42) return 1
  const start = view.getUint32(4, isLittle)
  for (let k = 0, entries = short(start); k < entries; k++) {
    const at = start + 2 + 12 * k
    if (short(at) !== ORIENTATION || short(at + 2) !== SHORT) continue
    const found = short(at + 8)
    return found >= 1 && found <= 8 ? found : 1
  }
  return 1
}

/** Of an upright image the height, the width, and where its pixel of row y, column x is stored. */
export function upright(orientation: number, height: number, width: number) {
  const isTurned = orientation >= 5
  const fromBelow = [3, 4, 6, 7].includes(orientation)
  const fromRight = [2, 3, 7, 8].includes(orientation)
  const at = (y: number, x: number): number => {
    const [row, column] = isTurned ? [x, y] : [y, x]
    const stored = fromBelow ? height - 1 - row : row
    return stored * width + (fromRight ? width - 1 - column : column)
  }
  return isTurned ? { height: width, width: height, at } : { height, width, at }
}

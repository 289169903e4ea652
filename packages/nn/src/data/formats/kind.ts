// What a file is that is not what was asked for, by its first bytes.

type Kind = readonly [what: string, bytes: readonly number[], at?: number]

const ascii = (text: string): number[] => [...text].map((sign) => sign.charCodeAt(0))

const KINDS: readonly Kind[] = [
  ['a PNG image; decodePng reads one', [0x89, ...ascii('PNG')]],
  ['a JPEG image; decodeJpeg reads one', [0xff, 0xd8, 0xff]],
  ['a GIF image; PNG and JPEG are read', ascii('GIF8')],
  ['a WebP image; PNG and JPEG are read', ascii('WEBP'), 8],
  ['an AVIF or HEIC image; PNG and JPEG are read', ascii('ftyp'), 4],
  ['a TIFF image; PNG and JPEG are read', [0x49, 0x49, 0x2a, 0]],
  ['a bitmap image; PNG and JPEG are read', ascii('BM')],
  ['a PDF document', ascii('%PDF')],
  ['a zip archive, as .xlsx, .npz and .pt files are', [0x50, 0x4b, 3, 4]],
  ['a compressed file (gzip)', [0x1f, 0x8b]],
  ['an HDF5 file, as Keras writes its models', [0x89, ...ascii('HDF')]],
  ['a NumPy array', [0x93, ...ascii('NUMPY')]],
  ['a web page', ascii('<!')],
  ['a web page', ascii('<html')],
]

/** As `it is …`, a space before it; nothing where the bytes are of no kind that is known. */
export function kindOf(bytes: Uint8Array): string {
  const found = KINDS.find(([, mark, at = 0]) => mark.every((byte, k) => bytes[at + k] === byte))
  if (bytes.length === 0) return ' It is empty.'
  return found ? ` It is ${found[0]}.` : ''
}

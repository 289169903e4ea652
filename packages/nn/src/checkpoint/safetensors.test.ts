// The format written out byte by byte, what comes back from it, and hostile headers.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CheckpointError } from './errors.ts'
import { decodeSafetensors, encodeSafetensors, type Tensor } from './safetensors.ts'

// A file from a header's text and its data, as the format says: length, header, data.
function file(header: string, data: ArrayLike<number> = [], length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + text.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true)
  bytes.set(text, 8)
  bytes.set(data, 8 + text.length)
  return bytes
}
const entry = (dtype: string, shape: string, offsets: string) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`
const U8 = entry('U8', '[2]', '[0,2]')

describe('encodeSafetensors', () => {
  it('writes the example of the format to the byte', () => {
    const tensors = new Map([['w', { shape: [1, 2], data: Float32Array.of(1, -2) }]])
    const header =
      '{"__metadata__":{"a":"b"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}'
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8)
    // IEEE 754: 1 is 3f800000, −2 is c0000000, little-endian.
    const expected = file(padded, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
    expect(encodeSafetensors(tensors, new Map([['a', 'b']]))).toEqual(expected)
  })

  it('refuses a shape or a type that does not suit the data', () => {
    const encode = (tensor: object) => () => encodeSafetensors(new Map([['w', tensor as Tensor]]))
    expect(encode({ shape: [3], data: new Float32Array(2) })).toThrow(/w: shape \[3\]/)
    expect(encode({ shape: [2], data: new Uint16Array(2) })).toThrow(/Uint16Array has no type/)
    const named = new Map([['__metadata__', { shape: [], data: new Uint8Array(1) }]])
    expect(() => encodeSafetensors(named)).toThrow(CheckpointError)
  })
})

describe('decodeSafetensors', () => {
  it('reads any order of fields and tensors, spaces, escapes, scalars and empty arrays', () => {
    const header = ` {"b" :{"shape":[ ],"data_offsets":[4,8],"dtype":"I32"},
      "a\\u0062\\"":${entry('U8', '[2,2]', '[0,4]')}, "none":${entry('F64', '[0,3]', '[8,8]')},
      "__metadata__":{"Größe":"\\n","":"x"}}  `.trim()
    const { tensors, metadata } = decodeSafetensors(file(header, [1, 2, 3, 4, 255, 255, 255, 255]))
    expect([...tensors]).toEqual([
      ['b', { shape: [], data: Int32Array.of(-1) }],
      ['ab"', { shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) }],
      ['none', { shape: [0, 3], data: new Float64Array(0) }],
    ])
    expect([...metadata]).toEqual([
      ['Größe', '\n'],
      ['', 'x'],
    ])
  })

  it('reads numbers of 16 bits as F32: by hand from IEEE 754, and half a binary32', () => {
    // 1, −2, 65504 (the largest), 2⁻²⁴ (the least above 0), ∞, −0, NaN
    const halves = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x7c00, 0x8000, 0x7e00]
    // 1, −123.5, ∞
    const brains = [0x3f80, 0xc2f7, 0x7f80]
    const bytes = [...halves, ...brains].flatMap((bits) => [bits & 255, bits >> 8])
    const h = entry('F16', '[7]', '[0,14]')
    const b = entry('BF16', '[3]', '[14,20]')
    const { tensors } = decodeSafetensors(file(`{"h":${h},"b":${b}}`, bytes))
    expect(tensors.get('h')!.data).toEqual(
      Float32Array.of(1, -2, 65504, 2 ** -24, Infinity, -0, Number.NaN),
    )
    expect(tensors.get('b')!.data).toEqual(Float32Array.of(1, -123.5, Infinity))
  })

  it('reads whole numbers and truth values where every one is kept', () => {
    const types = [
      ...[`"i8":${entry('I8', '[2]', '[0,2]')}`, `"i16":${entry('I16', '[1]', '[2,4]')}`],
      ...[`"u16":${entry('U16', '[1]', '[4,6]')}`, `"u32":${entry('U32', '[1]', '[6,10]')}`],
      `"is":${entry('BOOL', '[2]', '[10,12]')}`,
    ]
    const bytes = [...[128, 127, 0, 128, 255, 255, 255, 255, 255, 255], 0, 1]
    const { tensors } = decodeSafetensors(file(`{${types}}`, bytes))
    expect([...tensors.values()].map(({ data }) => data)).toEqual([
      ...[Int32Array.of(-128, 127), Int32Array.of(-32768), Int32Array.of(65535)],
      ...[Float64Array.of(4294967295), Uint8Array.of(0, 1)],
    ])
    const odd = file(`{"is":${entry('BOOL', '[2]', '[0,2]')}}`, [1, 2])
    expect(() => decodeSafetensors(odd)).toThrow('is: 2 is neither 0 nor 1, as BOOL is.')
    const far = file(`{"u":${entry('U64', '[1]', '[0,8]')}}`, [0, 0, 0, 0, 0, 0, 0, 128])
    expect(() => decodeSafetensors(far)).toThrow("'U64' is none of F64, I64, F32")
  })

  it('copies out of a Buffer of Node, whose slice would show the file', () => {
    const encoded = encodeSafetensors(new Map([['w', { shape: [1], data: Float32Array.of(2) }]]))
    const buffer = Buffer.concat([Buffer.alloc(3), encoded]).subarray(3)
    const { data } = decodeSafetensors(buffer).tensors.get('w')!
    buffer.fill(0)
    expect(data).toEqual(Float32Array.of(2))
  })

  it('gives back what was encoded, bit for bit', () => {
    const data = fc.oneof(
      fc.float32Array({ maxLength: 9 }),
      fc.float64Array({ maxLength: 9 }),
      fc.uint8Array({ maxLength: 9 }),
      fc.int32Array({ maxLength: 9 }),
      fc.bigInt64Array({ maxLength: 9 }),
    )
    const name = fc.string({ unit: 'binary' }).filter((text) => text !== '__metadata__')
    const tensors = fc.array(fc.tuple(name, data), { maxLength: 6 })
    const texts = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string()), { maxLength: 4 })
    fc.assert(
      fc.property(tensors, texts, fc.nat({ max: 7 }), (arrays, pairs, shift) => {
        const given = new Map(
          arrays.map(([key, array]) => [key, { shape: [1, array.length], data: array }]),
        )
        const encoded = encodeSafetensors(given, new Map(pairs))
        const unaligned = new Uint8Array(encoded.length + shift)
        unaligned.set(encoded, shift)
        const decoded = decodeSafetensors(unaligned.subarray(shift))
        expect(decoded.metadata).toEqual(new Map(pairs))
        expect(new Set(decoded.tensors.keys())).toEqual(new Set(given.keys()))
        for (const [key, tensor] of given) expect(decoded.tensors.get(key)).toEqual(tensor)
        expect(encodeSafetensors(given, new Map(pairs))).toEqual(encoded)
      }),
      { numRuns: 100 },
    )
  })

  it('keeps the bits of a NaN and the sign of zero', () => {
    const bits = Uint32Array.of(0x7fc12345, 0x80000000)
    const given = new Map([['n', { shape: [2], data: new Float32Array(bits.buffer) }]])
    const { data } = decodeSafetensors(encodeSafetensors(given)).tensors.get('n')!
    expect(new Uint32Array(data.buffer as ArrayBuffer)).toEqual(bits)
  })

  it('does not share memory with the file', () => {
    const bytes = file(`{"a":${U8}}`, [1, 2])
    const { tensors } = decodeSafetensors(bytes)
    bytes.fill(9)
    expect(tensors.get('a')!.data).toEqual(Uint8Array.of(1, 2))
  })

  const tensorA = (dtype: string, shape: string, offsets: string) =>
    `{"a":${entry(dtype, shape, offsets)}}`
  it.each([
    ['file', new Uint8Array(7)],
    ['file', new TextEncoder().encode('# notes, and no checkpoint at all')],
    ['header length', file('{}', [], 2n ** 64n - 1n)],
    ['header length', file('{}', [], 3n)],
    ['header', file('')],
    ['header', file('  {}')],
    ['header', file('[]')],
    ['header', file('{} x')],
    ['header', file(`{"a":${U8}`, [1, 2])],
    ['header', file(`{"a":${U8},}`, [1, 2])],
    ['header', file(`{"a":${U8},"a":${U8}}`, [1, 2])],
    ['header', file(`{"a":${U8},"\\u0061":${U8}}`, [1, 2])],
    ['header', file('{"a')],
    ['header', file('{"\\q":1}')],
    ['header', file('{"\n":1}')],
    ['header', Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff, 0x7d)],
    ['a', file('{"a":[]}')],
    ['a', file('{"a":{"dtype":"U8","dtype":"U8"}}')],
    ['a', file('{"a":{"stride":[1]}}')],
    ['a dtype', file('{"a":{"shape":[0],"data_offsets":[0,0]}}')],
    ['a dtype', file('{"a":{"dtype":3}}')],
    ['a dtype', file(tensorA('F8_E4M3', '[2]', '[0,2]'), [1, 2])],
    ['a dtype', file(tensorA('toString', '[2]', '[0,2]'), [1, 2])],
    ['a shape', file('{"a":{"dtype":"U8","data_offsets":[0,0]}}')],
    ['a shape', file(tensorA('U8', '[-2]', '[0,2]'), [1, 2])],
    ['a shape', file(tensorA('U8', '[2.0]', '[0,2]'), [1, 2])],
    ['a shape', file(tensorA('U8', '[02]', '[0,2]'), [1, 2])],
    ['a shape', file(tensorA('U8', '[9007199254740993]', '[0,2]'), [1, 2])],
    ['a shape', file(tensorA('U8', `[${Array(33).fill(1)}]`, '[0,1]'), [1])],
    ['a shape', file(tensorA('U8', '[[[[[[2]]]]]]', '[0,2]'), [1, 2])],
    ['a data_offsets', file('{"a":{"dtype":"U8","shape":[0]}}')],
    ['a data_offsets', file(tensorA('U8', '[2]', '[0]'), [1, 2])],
    ['a data_offsets', file(tensorA('U8', '[2]', '[0,2,2]'), [1, 2])],
    ['a data_offsets', file(tensorA('U8', '[2]', '[2,0]'), [1, 2])],
    ['a data_offsets', file(tensorA('U8', '[3]', '[0,2]'), [1, 2])],
    ['a data_offsets', file(tensorA('F32', '[2]', '[0,2]'), [1, 2])],
    ['a data_offsets', file(tensorA('F64', '[9007199254740991,9007199254740991]', '[0,8]'), [1])],
    ['a data_offsets', file(tensorA('U8', '[2]', '[1,3]'), [1, 2, 3])],
    ['b data_offsets', file(`{"a":${U8},"b":${entry('U8', '[2]', '[1,3]')}}`, [1, 2, 3])],
    ['b data_offsets', file(`{"a":${U8},"b":${entry('U8', '[1]', '[3,4]')}}`, [1, 2, 3, 4])],
    ['data', file(`{"a":${U8}}`, [1, 2, 3])],
    ['data', file(`{"a":${U8}}`, [1])],
    ['data', file(tensorA('U8', '[4000000000000000]', '[0,4000000000000000]'), [1])],
    ['__metadata__', file('{"__metadata__":{"a":"b","a":"c"}}')],
    ['__metadata__ a', file('{"__metadata__":{"a":{}}}')],
    ['__metadata__', file('{"__metadata__":"text"}')],
  ])('names %s', (field, bytes) => {
    expect(() => decodeSafetensors(bytes)).toThrow(CheckpointError)
    expect(() => decodeSafetensors(bytes)).toThrow(`checkpoint: ${field}: `)
  })

  it('refuses a million tensors, and takes a name of Object.prototype for a name', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `"${i}":${entry('U8', '[0]', '[0,0]')}`)
    expect(() => decodeSafetensors(file(`{${many}}`))).toThrow(/more than 16385 keys/)
    const { tensors } = decodeSafetensors(file(`{"__proto__":${U8}}`, [1, 2]))
    expect([...tensors.keys()]).toEqual(['__proto__'])
  })

  it('turns mutated files into a CheckpointError or tensors that make up the file', () => {
    const given = new Map<string, Tensor>([
      ['w', { shape: [2, 1], data: Float32Array.of(1, 2) }],
      ['k', { shape: [], data: BigInt64Array.of(-5n) }],
      ['b', { shape: [3], data: Uint8Array.of(1, 2, 3) }],
    ])
    const valid = encodeSafetensors(given, new Map([['step', '12']]))
    const values = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(...Buffer.from('"{}[],:0129\\ ')),
    )
    const edit = fc.tuple(fc.nat({ max: valid.length - 1 }), values)
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), fc.nat({ max: 12 }), (edits, cut) => {
        const bytes = valid.slice(0, valid.length - cut)
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
        try {
          let total = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))
          for (const { shape, data } of decodeSafetensors(bytes).tensors.values()) {
            expect(shape.reduce((a, b) => a * b, 1)).toBe(data.length)
            total += data.byteLength
          }
          expect(total).toBe(bytes.length)
        } catch (error) {
          if (!(error instanceof CheckpointError)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})

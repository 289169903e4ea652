// Small csv files written out, the UCI digits, and mutated files.
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DataError } from '../errors.ts'
import { type CsvOptions, decodeCsv, loadCsv } from './csv.ts'

const digits = fileURLToPath(new URL('../../../data-scripts/digits.csv.gz', import.meta.url))
const decode = (text: string, options: CsvOptions = {}) =>
  decodeCsv(new TextEncoder().encode(text), options)

describe('decodeCsv', () => {
  it('reads values row by row and the label last', () => {
    const data = decode('0,2,4,8,1\n1,-.5,2.5e1, 7 ,0\n', { divisor: 2 })
    expect([...data.images]).toEqual([0, 1, 2, 4, 0.5, -0.25, 12.5, 3.5])
    expect([...data.labels]).toEqual([1, 0])
    expect(data.shape).toEqual([1, 2, 2])
    expect(data.classes).toBe(2)
  })

  it('passes over a mark, a header, carriage returns and blank lines at the end', () => {
    const plain = decode('1,2,0\n3,4,1')
    expect(decode('\ufeffa,b,label\r\n1,2,0\r\n3,4,1\r\n\r\n', { header: true })).toEqual(plain)
    expect(plain.shape).toEqual([1, 1, 2])
  })

  it('reads decimal commas where they are said, and never takes them for something else', () => {
    const data = decode('0,5;-1,25;1\n2;,5;0', { decimal: ',' })
    expect([...data.images]).toEqual([0.5, -1.25, 2, 0.5])
    const numbers = { decimal: ',', targets: 'numbers' } as const
    expect([...decode('1;2,5\n3;4', numbers).targets!]).toEqual([2.5, 4])
    for (const text of ['0,5;1\n0,7;0', '1;0,5\n2;0,7', '1;2;0,5']) {
      expect(() => decode(text)).toThrow("A decimal comma needs { decimal: ',' }")
    }
    expect(() => decode('1,2,0', { decimal: ',' })).toThrow('a comma separates the values')
    expect(() => decode('1.000,5;1', { decimal: ',' })).toThrow("'1.000,5' is not a finite")
    expect(() => decode('"1,000",2,0')).toThrow('Digits stand without groups')
    expect(() => decode('1;0', { decimal: ';' as never })).toThrow("neither '.' nor ','")
  })

  it('tells the separator by what every line has as often', () => {
    const plain = decode('1,2,0\n3,4,1')
    for (const sign of [';', '\t', '|']) {
      expect(decode(`1${sign}2${sign}0\r\n3${sign}4${sign}1\r\n`)).toEqual(plain)
    }
    expect(decode('1,2,"a;b"\n3,4,"c, d, e"').names).toEqual(['a;b', 'c, d, e'])
    expect(() => decode('1,2,"5;1"', { separator: ',' })).toThrow("'5;1' is no label")
    expect(() => decode('1,5;1\n2,0', { separator: ',' })).toThrow('{ separator: ";" }')
    expect(() => decode('1,2,a|b\n3,4,c|d')).toThrow('{ separator: "," }')
    expect(() => decode('1 2 0')).toThrow("is { separator: ' ' } meant?")
    expect(() => decode('1,0', { delimiter: ';' } as never)).toThrow('is separator meant?')
  })

  it('reads UTF-16 by its mark, lines of mixed ends; no other bytes, no header of numbers', () => {
    const units = Uint16Array.from('\ufeff1\t2\t0\n3\t4\t1\n', (sign) => sign.charCodeAt(0))
    const plain = decode('1,2,0\n3,4,1')
    expect(decodeCsv(new Uint8Array(units.buffer))).toEqual(plain)
    expect(decode('1,2,0\r\n3,4,1\n')).toEqual(plain)
    expect(() => decodeCsv(Uint8Array.of(49, 44, 0xe9))).toThrow('it is no UTF-8')
    expect(() => decode('1.5,2,0\n3,4,1', { header: true })).toThrow('line 1 holds numbers')
    expect(decode('0,1,2\n1,2,0\n3,4,1', { header: true })).toEqual(plain)
  })

  it('takes a shape', () => {
    expect(decode('1,2,3,4,5,6,0', { shape: [3, 1, 2] }).shape).toEqual([3, 1, 2])
    expect(() => decode('1,2,3,0', { shape: [1, 2, 2] })).toThrow(/shape: \[1,2,2\] has 4/)
  })

  it.each([
    ['line 2', '1,2,0\n1,0', /it has 2 columns, and the first line 3/],
    ['line 2', '1,2,0\n1,2,3,0\n1,2,0', /it has 4 columns/],
    ['line 2', '1,2,0\n\n1,2,0', /it is empty/],
    ['line 1', '5', /a value and a label/],
    ['line 1, column 2', '1,NaN,0', /'NaN' is not a finite/],
    ['line 1, column 1', 'Infinity,1,0', /not a finite/],
    ['line 1, column 1', '1e40,1,0', /not a finite 32-bit number/],
    ['line 1, column 1', '0x10,1,0', /not a finite/],
    ['line 1, column 1', ',1,0', /it is empty, where a number should be/],
    ['line 1, column 1', '"a",1,0', /not a finite/],
    ['line 1', '"1,1,0', /Quoted field unterminated/],
    ['line 1, column 1', 'a,b,label\n1,2,0', /needs \{ header: true \}/],
    ['line 2, column 3', '1,2,cat\n1,2,', /it is empty, where a label should be/],
    ['line 2, column 3', '1,2,0\n1,2,0.5', /'0.5' is not a label/],
    ['line 1, column 3', '1,2,-1', /not a label/],
    ['line 1, column 3', '1,2,99999', /not a label 0 … 65535/],
    ['line 2', `${'1,'.repeat(1000)}0\n${'1,0\n'.repeat(1000)}`, /and the first line 1001/],
    ['file', ' \n\n', /no line of numbers/],
  ])('names %s', (field, text, sentence) => {
    expect(() => decode(text)).toThrow(DataError)
    expect(() => decode(text)).toThrow(`decodeCsv: ${field}: `)
    expect(() => decode(text)).toThrow(sentence)
  })

  it('reads quotes, other separators, and values that span lines', () => {
    const plain = decode('1,2,0\n3,4,1')
    expect(decode('"1","2","0"\n3,"4",1')).toEqual(plain)
    expect(decode('1;2;0\n3;4;1')).toEqual(plain)
    expect(decode('1\t2\t0\n3\t4\t1')).toEqual(plain)
    expect(decode('1 2 0\n3 4 1', { separator: ' ' })).toEqual(plain)
    const named = '"width","the\nheight",kind\n1,2,0\n3,4,1'
    expect(decode(named, { header: true })).toEqual(plain)
  })

  it('takes the label from the first column, or from that of a name', () => {
    const plain = decode('1,2,0\n3,4,1')
    expect(decode('0,1,2\n1,3,4', { label: 'first' })).toEqual(plain)
    expect(decode('x,kind,y\n1,0,2\n3,1,4', { header: true, label: 'kind' })).toEqual(plain)
    const absent = () => decode('x,kind,y\n1,0,2', { header: true, label: 'species' })
    expect(absent).toThrow(/no column is named "species"; there are x, kind, y/)
    expect(() => decode('1,0,2', { label: 'kind' })).toThrow(/names need \{ header: true \}/)
  })

  it('numbers labels that are text in the order of the alphabet', () => {
    const data = decode('1,2,dog\n3,4,"a cat"\n5,6,dog\n7,8,ä')
    expect(data.names).toEqual(['a cat', 'dog', 'ä'])
    expect([...data.labels]).toEqual([1, 0, 1, 2])
    expect(data.classes).toBe(3)
  })

  it('reads numbers to be met', () => {
    const data = decode('1,2,0.5\n3,4,-1e3', { targets: 'numbers', divisor: 2 })
    expect([...data.targets!]).toEqual([0.5, -1000])
    expect([...data.images]).toEqual([0.5, 1, 1.5, 2])
    expect(() => decode('1,2,x', { targets: 'numbers' })).toThrow(/column 3: 'x' is not a finite/)
  })

  it('refuses a divisor or a number of classes that cannot be', () => {
    expect(() => decode('1,0', { divisor: 0 })).toThrow(/divisor: 0/)
    expect(() => decode('1,3', { classes: 3 })).toThrow(/label 3 of image 0/)
    for (const separator of ['', '"', '\n', 5 as never])
      expect(() => decode('1,0', { separator })).toThrow(/separator: .* separates nothing/)
  })

  it('reads a long line of digits in linear time', () => {
    expect(() => decode(`${'1'.repeat(1_000_000)}x,0`)).toThrow(DataError)
  })

  it('turns mutated files into a DataError or arrays of at most four times the file', () => {
    const valid = '0,16,3,4,0\n1,2,3,4,1\n5.5,6,7e0,8,2\n'
    const piece = fc.constantFrom(
      '',
      ',',
      '\n',
      '9',
      '-',
      'e',
      '.',
      'NaN',
      '\u0000',
      '"',
      '1e99',
      'é',
    )
    const edit = fc.tuple(fc.nat({ max: valid.length }), fc.nat({ max: 3 }), piece)
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let text = valid
        for (const [at, removed, put] of edits) {
          text = text.slice(0, at) + put + text.slice(at + removed)
        }
        try {
          const { images, labels } = decode(text)
          expect(images.every(Number.isFinite)).toBe(true)
          const file = new TextEncoder().encode(text).length
          expect(images.byteLength + labels.byteLength).toBeLessThanOrEqual(4 * file)
        } catch (error) {
          if (!(error instanceof DataError)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('loadCsv', () => {
  it('reads the UCI digits', () => {
    const data = loadCsv(digits, { divisor: 16 })
    expect(data.shape).toEqual([1, 8, 8])
    expect(data.labels.length).toBe(1797)
    expect(data.classes).toBe(10)
    expect([...data.images.slice(0, 8)]).toEqual([0, 0, 5, 13, 9, 1, 0, 0].map((v) => v / 16))
  })
})

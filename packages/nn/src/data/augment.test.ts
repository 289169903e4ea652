// Augmentations on images small enough to turn, cut and colour by hand.
import { describe, expect, it } from 'vitest'
import { generator } from '../random.ts'
import { type Augmentation, augment } from './augment.ts'
import { dataset } from './dataset.ts'
import { DataError } from './errors.ts'
import type { Image, ImageShape } from './images.ts'
import { turn } from './turn.ts'

const image = (shape: ImageShape, ...data: number[]): Image => ({
  shape,
  data: Float32Array.from(data),
})
const run = (augmentation: Augmentation, from: Image, seed = 1) =>
  augmentation(from, generator(seed))

const LETTERS = image([1, 2, 3], 1, 2, 3, 4, 5, 6)
const SQUARE = image([2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8)

describe('crop', () => {
  it('cuts every window of the padded image, and no other', () => {
    // 1 2 3 over 4 5 6 with a border of zeros, and its windows of one row and three columns.
    const windows = ['000', '012', '045', '123', '230', '456', '560']
    const found = new Set<string>()
    for (let seed = 0; seed < 200; seed++) {
      const { shape, data } = run(augment.crop({ size: [1, 3], padding: 1 }), LETTERS, seed)
      expect(shape).toEqual([1, 1, 3])
      found.add(data.join(''))
    }
    expect([...found].sort()).toEqual(windows)
  })

  it('takes the same window of every channel, and the whole where there is one window', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [a, b] = run(augment.crop({ size: 1 }), SQUARE, seed).data
      expect(b! - a!).toBe(4)
    }
    expect(run(augment.crop({ size: 2 }), SQUARE)).toEqual(SQUARE)
  })

  it('refuses a window that does not fit', () => {
    expect(() => run(augment.crop({ size: 3 }), SQUARE)).toThrow(/no window of 3×3 fits 2×2/)
    expect(() => augment.crop({ size: 0 })).toThrow(DataError)
    expect(() => augment.crop({ size: 1, padding: -1 })).toThrow(/padding/)
  })
})

describe('rotate', () => {
  const by = (degrees: number, from: Image) =>
    run(augment.rotate({ degrees: [degrees, degrees] }), from)

  it('turns quarters counterclockwise, exactly', () => {
    // 1 2 over 3 4 becomes 2 4 over 1 3.
    expect([...by(90, SQUARE).data]).toEqual([2, 4, 1, 3, 6, 8, 5, 7])
    expect([...by(180, SQUARE).data]).toEqual([4, 3, 2, 1, 8, 7, 6, 5])
    expect([...by(-90, SQUARE).data]).toEqual([3, 1, 4, 2, 7, 5, 8, 6])
    expect(by(0, LETTERS)).toEqual(LETTERS)
    expect([...by(360, LETTERS).data]).toEqual([...LETTERS.data])
  })

  it('interpolates between pixels, with nothing outside', () => {
    // One bright pixel in the middle of 3×3, turned by 45°: the centre stays; the pixel above it
    // comes from (−√½, −√½) of the centre, whose weights on the centre are (1 − √½)².
    const dot = image([1, 3, 3], 0, 0, 0, 0, 1, 0, 0, 0, 0)
    const { data } = by(45, dot)
    expect(data[4]).toBe(1)
    for (const edge of [1, 3, 5, 7]) expect(data[edge]).toBeCloseTo((1 - Math.SQRT1_2) ** 2, 6)
    for (const corner of [0, 2, 6, 8]) expect(data[corner]).toBeCloseTo(0, 6)
    const bright = image([1, 1, 2], 1, 1)
    // Turned by 90°, a row of two reads half a pixel above and below itself.
    expect([...by(90, bright).data]).toEqual([0.5, 0.5])
  })

  it('draws the angle from the range', () => {
    const dot = image([1, 3, 3], 0, 1, 0, 0, 0, 0, 0, 0, 0)
    const wide = [1, 2, 3].map((seed) => run(augment.rotate({ degrees: 20 }), dot, seed).data)
    expect(new Set(wide.map((data) => data.join())).size).toBe(3)
  })
})

describe('turn', () => {
  it('is the cosine and the sine', () => {
    for (let degrees = -725; degrees < 725; degrees += 7.3) {
      const [cosine, sine] = turn(degrees)
      expect(cosine).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 13)
      expect(sine).toBeCloseTo(Math.sin((degrees * Math.PI) / 180), 13)
    }
    expect(turn(30)[1]).toBeCloseTo(0.5, 15)
    expect(turn(450).map((value) => value + 0)).toEqual([0, 1])
  })
})

describe('flip', () => {
  it('mirrors left to right or upside down', () => {
    const always = { probability: 1 }
    expect([...run(augment.flip(always), LETTERS).data]).toEqual([3, 2, 1, 6, 5, 4])
    const vertical = augment.flip({ ...always, direction: 'vertical' })
    expect([...run(vertical, LETTERS).data]).toEqual([4, 5, 6, 1, 2, 3])
    expect([...run(vertical, SQUARE).data]).toEqual([3, 4, 1, 2, 7, 8, 5, 6])
    expect(run(augment.flip({ probability: 0 }), LETTERS)).toBe(LETTERS)
  })

  it('flips about half the time by default', () => {
    const flipped = Array.from({ length: 400 }, (_, seed) => run(augment.flip(), LETTERS, seed))
    const count = flipped.filter(({ data }) => data[0] === 3).length
    expect(Math.abs(count - 200)).toBeLessThan(50)
  })
})

describe('noise', () => {
  it('adds the generator’s normal numbers, within 0 … 1', () => {
    const grey = image([1, 1, 4], 0, 0.5, 0.5, 1)
    const normal = new Float32Array(4)
    generator(9).fillNormal(normal)
    const expected = grey.data.map((v, k) => Math.min(1, Math.max(0, v + 0.1 * normal[k]!)))
    expect(run(augment.noise({ deviation: 0.1 }), grey, 9).data).toEqual(expected)
    expect(run(augment.noise({ deviation: 0 }), grey)).toEqual(grey)
  })
})

describe('colourJitter', () => {
  const fixed = (amount: number) => [amount, amount] as const
  const colour = image([3, 1, 2], 0.6, 0.2, 0.4, 0.2, 0.2, 0.7)
  const [lumaLeft, lumaRight] = [
    0.299 * 0.6 + 0.587 * 0.4 + 0.114 * 0.2,
    0.299 * 0.2 + 0.587 * 0.2 + 0.114 * 0.7,
  ]
  const close = (found: Image, expected: number[]) => {
    expect(found.data.length).toBe(expected.length)
    expected.forEach((value, i) => {
      expect(found.data[i]).toBeCloseTo(value, 5)
    })
  }

  it('changes nothing by default', () =>
    close(run(augment.colourJitter({}), colour), [...colour.data]))

  it('brightens, and stays within 0 … 1', () => {
    const brighter = run(augment.colourJitter({ brightness: fixed(0.35) }), colour)
    close(brighter, [0.95, 0.55, 0.75, 0.55, 0.55, 1])
  })

  it('without saturation leaves the luma in all three channels', () => {
    const grey = run(augment.colourJitter({ saturation: fixed(-1) }), colour)
    close(grey, [lumaLeft, lumaRight, lumaLeft, lumaRight, lumaLeft, lumaRight])
  })

  it('without contrast leaves the mean luma', () => {
    const flat = augment.colourJitter({ saturation: fixed(-1), contrast: fixed(-1) })
    close(run(flat, colour), Array(6).fill((lumaLeft + lumaRight) / 2))
  })

  it('turns hue by half a turn to the opposite colour, 2Y − R, 2Y − G, 2Y − B', () => {
    const opposite = run(augment.colourJitter({ hue: fixed(180) }), colour)
    const [l, r] = [2 * lumaLeft, 2 * lumaRight]
    close(opposite, [l - 0.6, r - 0.2, l - 0.4, r - 0.2, l - 0.2, 0])
  })

  it('keeps the luma whatever the hue', () => {
    const soft = image([3, 1, 1], 0.5, 0.45, 0.55)
    for (const hue of [30, 100, 215]) {
      const [r, g, b] = run(augment.colourJitter({ hue: fixed(hue) }), soft).data
      const expected = 0.299 * 0.5 + 0.587 * 0.45 + 0.114 * 0.55
      expect(0.299 * r! + 0.587 * g! + 0.114 * b!).toBeCloseTo(expected, 6)
    }
  })

  it('knows grey images and refuses other channels', () => {
    const grey = image([1, 1, 2], 0.25, 0.75)
    close(
      run(augment.colourJitter({ contrast: fixed(-0.5), saturation: 1, hue: 90 }), grey),
      [0.375, 0.625],
    )
    expect(() => run(augment.colourJitter({}), SQUARE)).toThrow(/neither 1 nor 3 channels/)
  })
})

describe('compose and apply', () => {
  const data = dataset({
    images: Float32Array.from({ length: 24 }, (_, k) => k / 24),
    labels: [0, 1, 0, 1],
    shape: [1, 2, 3],
    classes: 2,
  })
  const all = augment.compose(
    augment.crop({ size: 2 }),
    augment.rotate({ degrees: 30 }),
    augment.flip(),
    augment.noise({ deviation: 0.05 }),
    augment.colourJitter({ brightness: 0.1, contrast: 0.2 }),
  )

  it('composes from left to right', () => {
    const both = augment.compose(
      augment.flip({ probability: 1 }),
      augment.rotate({ degrees: [90, 90] }),
    )
    // 1 2 / 3 4 mirrored is 2 1 / 4 3, and turned counterclockwise 1 3 / 2 4.
    expect([...run(both, SQUARE).data].slice(0, 4)).toEqual([1, 3, 2, 4])
    expect(run(augment.compose(), SQUARE)).toBe(SQUARE)
  })

  it('is the same for the same seed, another for another seed or epoch', () => {
    const first = augment.apply(data, all, { seed: 1 })
    expect(first.shape).toEqual([1, 2, 2])
    expect(first.labels).toEqual(data.labels)
    expect(augment.apply(data, all, { seed: 1 })).toEqual(first)
    expect(augment.apply(data, all, { seed: 2 }).images).not.toEqual(first.images)
    expect(augment.apply(data, all, { seed: 1, epoch: 1 }).images).not.toEqual(first.images)
  })

  it('changes no input', () => {
    const before = data.images.slice()
    augment.apply(data, all)
    augment.apply(data, augment.flip({ probability: 0 })).images.fill(-1)
    expect(data.images).toEqual(before)
  })

  it('refuses an augmentation that gives images of several shapes', () => {
    let size = 0
    const uneven: Augmentation = () => image([1, 1, ++size], ...Array(size).fill(0))
    expect(() => augment.apply(data, uneven)).toThrow(/image 1 became \[1,1,2\]/)
  })
})

// Names in the notes' letters, by the rules and by hand.
import { describe, expect, it } from 'vitest'
import { graphFromJSON } from '../document/read.ts'
import { NameError } from '../errors.ts'
import { evaluate } from '../evaluate.ts'
import { add } from '../ops/arithmetic/add.ts'
import { latex } from '../read/formula.ts'
import { text } from '../read/text.ts'
import { Graph } from '../record/graph.ts'
import { letteredAxes, parseName } from './names.ts'

describe('parseName', () => {
  it.each([
    ['z^{Fk}_{ij}', 'z^F', 'F', 'kij'],
    ['w^{On}_{k-ij}', 'w^O', 'O', 'nkij'],
    ['z^F', 'z^F', 'F', ''],
    ['a^2', 'a^2', '2', ''],
    ['W^{l}', 'W^l', 'l', ''],
    ['δ^{l-1}', 'δ^{l-1}', 'l-1', ''],
    ['x_{ij}', 'x', '', 'ij'],
    ['x_i', 'x', '', 'i'],
    ['W_{uv}', 'W', '', 'uv'],
    ['b^{Fk}', 'b^F', 'F', 'k'],
    ['0.w', '0.w', '', ''],
    ['layer1.weight', 'layer1.weight', '', ''],
    ['x_mean', 'x_mean', '', ''],
    ['__proto__', '__proto__', '', ''],
  ])('%s', (text, bare, tag, letters) => {
    const name = parseName(text)
    expect([name.bare, name.tag, name.letters.join('')]).toEqual([bare, tag, letters])
  })
})

describe('letteredAxes', () => {
  it('lets the leftmost axes of length 1 go', () => {
    expect(letteredAxes([1, 1, 3, 3], 2)).toEqual([2, 3])
    expect(letteredAxes([3, 1, 3, 3], 3)).toEqual([0, 2, 3])
    expect(letteredAxes([1, 1], 1)).toEqual([1])
    expect(letteredAxes([3, 2], 1)).toBeUndefined()
    expect(letteredAxes([3], 2)).toBeUndefined()
    expect(letteredAxes([1, 2, 1, 3], 3)).toEqual([1, 2, 3])
  })

  it('asks letters whose lengths are known', () => {
    const knows = (lengths: readonly number[]) => (letter: number, length: number) =>
      lengths[letter] === 0 ? undefined : lengths[letter] === length
    expect(letteredAxes([1, 2, 1, 3], 3, knows([0, 2, 0]))).toEqual([0, 1, 3])
    expect(letteredAxes([1, 2, 1, 3], 3, knows([2, 0, 0]))).toEqual([1, 2, 3])
    expect(letteredAxes([1, 1, 4, 1], 2, knows([4, 1]))).toEqual([2, 3])
    expect(letteredAxes([1, 1, 4, 1], 2, knows([1, 4]))).toEqual([1, 2])
    // i and j of an image [1, 4, 2], and of what is pooled from it.
    expect(letteredAxes([1, 2, 1], 2, knows([4, 2]))).toEqual([1, 2])
  })
})

describe('a graph’s names', () => {
  it('settles which axes the letters stand for when a node is named', () => {
    const graph = new Graph()
    graph.input('x_{lt}', [2, 1, 5])
    const w = graph.parameter('W_{ilk}', [1, 2, 1, 3])
    expect(graph.namesOf(w)[0]?.axes).toEqual([0, 1, 3])
    const v = graph.parameter('V_{ilk}', [1, 2, 1, 3], { axes: [1, 2, 3] })
    expect(graph.namesOf(v)[0]?.axes).toEqual([1, 2, 3])
    const again = graphFromJSON(JSON.parse(JSON.stringify(graph)))
    expect(again.namesOf(again.node('W'))[0]?.axes).toEqual([0, 1, 3])
    expect(again.namesOf(again.node('V'))[0]?.axes).toEqual([1, 2, 3])
    const wrong = { axes: [0, 2, 3] }
    expect(() => graph.parameter('U_{ilk}', [1, 2, 1, 3], wrong)).toThrow(NameError)
  })

  it('finds a node by any spelling of its name', () => {
    const graph = new Graph()
    const x = graph.input('x^{Ik}_{ij}', [2, 6, 6])
    expect(graph.node('x^I')).toBe(x)
    expect(graph.node('x^{I}')).toBe(x)
    expect(graph.node('x^{Ik}_{ij}')).toBe(x)
    expect(x.name).toBe('x^I')
  })

  it('lists near names when one is absent', () => {
    const graph = new Graph()
    graph.input('weight', [1])
    expect(() => graph.node('wieght')).toThrow(/near it: weight/)
  })

  it('refuses a second owner, and letters that do not fit', () => {
    const graph = new Graph()
    const x = graph.input('x', [2, 3])
    expect(() => graph.input('y', [2]).as('x')).toThrow(NameError)
    expect(() => x.as('q_{ijk}')).toThrow(/3 letters for the 2 axes/)
  })

  it('lets a node hold several names; the first prints', () => {
    const graph = new Graph()
    const x = graph.input('x', [2]).as('a^I')
    expect(x.name).toBe('x')
    expect(graph.node('a^I')).toBe(x)
  })
})

describe('letters are no part of a name', () => {
  const make = ['input', 'parameter'] as const

  it.each(make)('refuses an %s that differs from another in its letters alone', (kind) => {
    for (const [first, second] of [
      ['w_a', 'w_b'],
      ['W_{hx}', 'W_{hh}'],
      ['z^{Fk}', 'z^{Fn}'],
      ['h', 'h_t'],
      ['h_t', 'h'],
    ] as const) {
      const graph = new Graph()
      const shape = first.includes('{h') ? [2, 2] : [2]
      graph[kind](first, shape)
      const again = () => graph[kind](second, shape)
      expect(again).toThrow(NameError)
      expect(again).toThrow(`"${second}" and "${first}" would be one array`)
      expect([...graph.named.keys()]).toHaveLength(1)
    }
  })

  it('says how to take a name literally, and does', () => {
    const graph = new Graph()
    graph.input('w_a', [2])
    expect(() => graph.input('w_b', [2])).toThrow('say { literal: true }')
    const a = new Graph().input('w_a', [2], { literal: true })
    const b = a.graph.input('w_b', [2], { literal: true })
    expect([a.name, b.name]).toEqual(['w_a', 'w_b'])
    expect(a.graph.node('w_b')).toBe(b)
    expect([...evaluate(add(a, b), { w_a: [1, 2], w_b: [30, 40] })]).toEqual([31, 42])
  })

  it('finds a literal name where it is asked for, never the letters of another array', () => {
    const w = new Graph().input('w', [2])
    const literal = w.graph.input('w_a', [2], { literal: true })
    expect(w.graph.node('w_a')).toBe(literal)
    expect(() => evaluate(w, { w_a: [1, 2] })).toThrow('was not fed')
    expect([...evaluate(add(w, literal), { w: [1, 2], w_a: [3, 4] })]).toEqual([4, 6])
  })

  it('refuses one text for two arrays', () => {
    const graph = new Graph()
    graph.input('w_a', [2])
    expect(() => graph.input('w_a', [2], { literal: true })).toThrow('already a spelling')
    const other = new Graph()
    other.input('w_a', [2], { literal: true })
    expect(() => other.input('w_a', [2])).toThrow('already a spelling')
  })

  it('offers the literal name where letters do not fit the axes', () => {
    const graph = new Graph()
    expect(() => graph.parameter('W_f', [3, 2])).toThrow('say { literal: true }')
    const W = graph.parameter('W_f', [3, 2], { literal: true })
    expect([W.name, latex(W), text(W)]).toEqual(['W_f', 'W_{f}', expect.stringContaining('W_f')])
    expect(latex(W, { form: 'index' })).toBe('{W_{f}}_{ij}')
  })

  it('refuses an option it does not know', () => {
    const options = { litteral: true } as object
    expect(() => new Graph().input('w', [2], options)).toThrow('is literal meant?')
  })

  it('is the same node for the same name', () => {
    const graph = new Graph()
    expect(graph.input('x_{ij}', [2, 2])).toBe(graph.input('x_{ij}', [2, 2]))
    expect(graph.input('z^F', [2])).toBe(graph.input('z^{F}', [2]))
  })
})

describe('what is no name', () => {
  const refused: readonly unknown[] = [
    '',
    '  ',
    'a'.repeat(201),
    'a\nb',
    '\u001b[31mred',
    'a\u2028b',
    undefined,
    3,
  ]
  it.each(refused)('%j', (text) => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    for (const give of [
      () => x.as(text as string),
      () => graph.input(text as string, [2]),
      () => graph.parameter(text as string, [2]),
    ]) {
      expect(give).toThrow(NameError)
    }
    expect([...graph.named.keys()]).toEqual(['x'])
  })

  it.each(['__proto__', 'constructor', '<script>', '\\input{x}', '💥', 'a b', '% $ # _ {'])(
    '%s is one',
    (text) => {
      const graph = new Graph()
      const x = graph.input(text, [2])
      expect(graph.node(text)).toBe(x)
      expect([...evaluate(x, { [text]: [1, 2] })]).toEqual([1, 2])
    },
  )
})

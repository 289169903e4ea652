// What is left of others' packages does for our pages what the whole does.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layoutOf } from './dagre.ts'
import { pageParserOf } from './katex.ts'
import { inOrder, shortCodes, without } from './translations.ts'

const packages = new URL('../../../../', import.meta.url)
const fileOf = (owner: string, name: string, file: string): string =>
  join(createRequire(new URL(`${owner}/package.json`, packages)).resolve(name), '..', file)
const FILES = {
  katex: fileOf('verify', 'katex', 'katex.mjs'),
  dagre: fileOf('viewer', '@dagrejs/dagre', 'dagre.esm.js'),
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backprove-trim-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The module as it is, and what is left of it. */
async function both(name: keyof typeof FILES, trim: (text: string) => string) {
  const left = join(folder, `${name}.mjs`)
  const text = trim(await readFile(FILES[name], 'utf8'))
  await writeFile(left, text.replace(/^\/\/# sourceMappingURL.*$/m, ''))
  return Promise.all([FILES[name], left].map((file) => import(pathToFileURL(file).href)))
}

/** Every formula of what the notes page begins with. */
async function formulas(): Promise<string[]> {
  const examples = ['attention', 'batch-norm', 'book', 'convolution', 'nielsen'].map(
    (page) => new URL(`viewer/src/browser/examples/${page}.md`, packages),
  )
  const texts = await Promise.all(examples.map((page) => readFile(page, 'utf8')))
  return texts.flatMap((text) => [...text.matchAll(/\$\$?([^$`]+?)\$\$?/g)].map(([, tex]) => tex!))
}

/** Every macro that is left: it calls nothing that is not. */
async function macrosOf(name: keyof typeof FILES): Promise<string[]> {
  const text = await readFile(join(folder, `${name}.mjs`), 'utf8')
  const names = [...text.matchAll(/^defineMacro\(("(?:[^"\\]|\\.)*")/gm)].map(([, quoted]) => {
    return JSON.parse(quoted!) as string
  })
  return names.map((macro) => `x ${macro}{a}{b}`)
}

const WRITTEN = [
  String.raw`\begin{aligned} \delta^l &= \frac{\partial C}{\partial z^l} \\ &= a \odot b \end{aligned} \tag{1}`,
  String.raw`\sqrt{\tfrac12 \lVert x \rVert_2^2} \le \lceil \tfrac{n}{2} \rceil, \qquad x \in \mathbb{R}^n`,
  String.raw`f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}`,
  String.raw`\underbrace{\sum_{\substack{i \ne j \\ j \leqslant n}} x_{ij}}_{\text{alle}} \coloneqq \mathcal{L}`,
  String.raw`\operatorname*{arg\,max}_{\theta} \hat y \cdot \vec{\boldsymbol{w}}^\intercal \implies \bar{é}`,
  String.raw`\sqrt{a} \begin{pmatrix} a & b \\ c & d \end{pmatrix}^{\!\top} \mapsto \left\langle u, v \right\rangle`,
]

describe('what is left of', () => {
  test('KaTeX reads as it reads, and refuses as it refuses', async () => {
    const [whole, left] = await both('katex', pageParserOf)
    const read = (katex: typeof whole, tex: string): string => {
      try {
        const tree = katex.default.__parse(tex, {
          displayMode: true,
          strict: 'ignore',
          maxExpand: 500,
        })
        return JSON.stringify(tree, (key, value) => (key === 'lexer' ? undefined : value))
      } catch (error) {
        return `${error}`
      }
    }
    const refused = [String.raw`\foo`, 'x^', String.raw`\frac{1}`, String.raw`\left( x`, '#']
    const macros = await macrosOf('katex')
    expect(macros.length).toBeGreaterThan(100)
    for (const tex of [...(await formulas()), ...WRITTEN, ...refused, ...macros])
      expect(read(left, tex), tex).toBe(read(whole, tex))
  })

  test('dagre lays plain graphs out as it does', async () => {
    const [whole, left] = await both('dagre', layoutOf)
    const laid = (dagre: typeof whole, { widths, edges, ranker }: Drawn): string => {
      const graph = new dagre.graphlib.Graph({ multigraph: false })
      graph.setGraph({ rankdir: 'TB', nodesep: 22, edgesep: 14, ranksep: 40, ranker })
      widths.forEach((width, k) => {
        graph.setNode(`${k}`, { width, height: 20 })
      })
      for (const [from, to] of edges) graph.setEdge(`${from % to}`, `${to}`, {})
      dagre.layout(graph)
      const nodes = widths.map((_, k) => graph.node(`${k}`))
      return JSON.stringify([nodes, graph.edges().map((edge: object) => graph.edge(edge).points)])
    }
    fc.assert(
      fc.property(drawn, (graph) => laid(left, graph) === laid(whole, graph)),
      { seed: 1, numRuns: 60 },
    )
  })

  test('codes that nothing says are counted, others stay, all in their order', async () => {
    const table = `export const words = {
      no: 'no', 'not-yet': 'x: not yet', 'not-now': 'now' + 'here', 'said-too': 'too',
      'so-so': ']) $&'
    } as const`
    const short = shortCodes(table, (code) => code === 'said-too')
    const { words } = await import(`data:text/javascript,${encodeURIComponent(short)}`)
    expect(Object.entries(words)).toEqual([
      ['no', 'no'],
      ['words0-0', 'x: not yet'],
      ['words0-1', 'nowhere'],
      ['said-too', 'too'],
      ['words1-0', ']) $&'],
    ])
  })

  test('a table without some of its sentences has the others', async () => {
    const table = `export const words = { no: 'no, yes', 'a-b': 'a,' + 'b', 'c-d': "c", 'e-f': 'e' }`
    const left = without(table, ['a-b', 'e-f'])
    const { words } = await import(`data:text/javascript,${encodeURIComponent(left)}`)
    expect(words).toEqual({ no: 'no, yes', 'c-d': 'c' })
  })

  test('a translation is the translation', () => {
    const english = `export const words = { no: 'no', 'not-yet': 'not yet' } as const`
    const chinese = `export const words: Record<string, string> = { 'not-yet': '尚未', no: '否' }`
    const text = inOrder(chinese, english, './words.ts')
    expect(text).toMatch(/withCodes\(english\.words, \['否','尚未'\]\)/)
    expect(() => inOrder(chinese.replace('no:', 'yes:'), english, './words.ts')).toThrow('no')
  })
})

interface Drawn {
  readonly widths: readonly number[]
  readonly edges: readonly (readonly [number, number])[]
  readonly ranker: string
}

const drawn: fc.Arbitrary<Drawn> = fc
  .array(fc.integer({ min: 10, max: 120 }), { minLength: 1, maxLength: 20 })
  .chain((widths) =>
    fc.record({
      widths: fc.constant(widths),
      edges: fc.array(
        fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: Math.max(1, widths.length - 1) })),
        { maxLength: widths.length > 1 ? 40 : 0 },
      ),
      ranker: fc.constant('longest-path'),
    }),
  )

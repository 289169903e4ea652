// What of others' packages, and of ours, no page needs is left out of its script.
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Plugin, transform } from 'esbuild'
import { layoutOf } from './dagre.ts'
import { pageParserOf } from './katex.ts'
import { replaced } from './statements.ts'
import { inOrder, shortCodes, without } from './translations.ts'

/** What an operation is called elsewhere is told where networks are pasted from elsewhere. */
const withoutOurs = (text: string): string =>
  replaced('elsewhere.ts', text, /(?<=const ours\b.*= new Map\()[^;]*?\n\)\n/, ')\n')

/** How einsum, x[1:3] and their kin are printed. */
const withoutCalls = (text: string): string =>
  replaced('program.ts', text, / {2}if \(word === 'size'\)[\s\S]*?(?=\n {2}const axes = along)/, '')

const OTHERS: readonly (readonly [file: RegExp, trim: (text: string) => string])[] = [
  [/katex\.mjs$/, pageParserOf],
  [/dagre\.esm\.js$/, layoutOf],
]
const OURS: readonly (readonly [file: RegExp, trim: (text: string) => string])[] = [
  [/network[/\\]elsewhere\.ts$/, withoutOurs],
  [/print[/\\]program\.ts$/, withoutCalls],
]

const withoutUnused: Plugin = {
  name: 'without what is not used',
  setup({ onLoad }) {
    for (const [loader, all] of [
      ['js', OTHERS],
      ['ts', OURS],
    ] as const)
      for (const [filter, trim] of all)
        onLoad({ filter }, async ({ path }) => {
          return { contents: trim(await readFile(path, 'utf8')), loader }
        })
  },
}

/** What lines of programs and layers of libraries are refused with: no page reads them. */
const UNSAID = [
  ...'name-not-in-program method-not-in-program letter-of-two-lengths no-operand-has-'.split(' '),
  ...'axis missing-after-at where-new-axis shapes-of-a-vector einsum-such tensordot-'.split(' '),
  ...'such tensordot-axes repeat-such repeat-axis end-is-a-number axis-without-place'.split(' '),
  ...'range-of-a-loop loop-reads-before was-not-said loop-assigns loop-last-pass'.split(' '),
  ...'every-second loops-too-deep block-of-a-loop after-a-loop linear-is conv-is'.split(' '),
  ...'sequential-is layer-of-one power-of-nothing beside-meant beside-unmeant'.split(' '),
  ...'dropout-draws norm-of-batch reduction-is loss-shapes targets-are-rows'.split(' '),
  'rows-of-samples',
]

/** Every table of sentences that stands in both languages under one name. */
const shortTranslations: Plugin = {
  name: 'short translations',
  setup({ onLoad }) {
    onLoad(
      {
        filter:
          /sentences[/\\]chinese[/\\](?:judging|meaning|networks|operations|programs|readings?|verdicts)\.ts$/,
      },
      async ({ path }) => {
        const english = path.replace(/chinese([/\\]\w+\.ts)$/, 'english$1')
        const both = await Promise.all([path, english].map((each) => readFile(each, 'utf8')))
        const [own, first] = both.map((text) => without(text, UNSAID))
        return { contents: inOrder(own!, first!, english), loader: 'js' }
      },
    )
  },
}

const packages = new URL('../../../../', import.meta.url)
let texts: Promise<string> | undefined
/** All that a page could say a code in, but the tables themselves. */
const sayings = (): Promise<string> => {
  const isTable = (path: string) => /\.test\.ts$|sentences[/\\](?:english|chinese)/.test(path)
  const paths = globSync('{verify,viewer}/src/**/*.ts', { cwd: packages })
  const read = paths.filter((path) => !isTable(path)).map((path) => new URL(path, packages))
  texts ??= Promise.all(read.map((path) => readFile(path, 'utf8'))).then((all) => all.join('\n'))
  return texts
}

/** Tables without their codes; what `format` says is said by its code, in parts too. */
const codes: Plugin = {
  name: 'short codes',
  setup({ onLoad }) {
    const filter =
      /sentences[/\\]english[/\\](?:judging|meaning|networks|operations|programs|readings?)\.ts$/
    onLoad({ filter }, async ({ path }) => {
      const [text, said] = await Promise.all([readFile(path, 'utf8'), sayings()])
      const table = without(text, UNSAID)
      return { contents: shortCodes(table, (code) => said.includes(`'${code}'`)), loader: 'js' }
    })
  },
}

/** Style sheets without what is there to be read. */
const shortStyles: Plugin = {
  name: 'short styles',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        loader: 'css',
        minify: true,
      })
      return { contents: code, loader: 'text' }
    })
  },
}

/** Nobody writes a program in a page: methods of other libraries need no sentence there. */
const HINTLESS =
  'export const NODE_PROPERTIES = {};' +
  'export const withHints = (owner) => owner, withoutProperties = withHints'

/** Models of layers are pasted into programs, not into a page: it says who reads them. */
const MODULES =
  "import { ClaimError } from '../../../language/syntax.ts';" +
  'export const moduleOf = ({ op, span }) => { ' +
  'if (/\\bnn\\.[A-Z]|\\b(?:Dense|Sequential)$/.test(op)) ' +
  "throw new ClaimError('backprove check reads ' + op + ', a page does not', span) }"
const MODELS =
  'export class Models { made() {} told() {} ending() {} }' +
  'export const lossOfKeras = () => {}, lengthsSaid = lossOfKeras, layerOfKeras = lossOfKeras'

/** A page reads formulas: it says who reads lines of programs. */
const LINES =
  "import { ClaimError } from '../../syntax.ts';" +
  'export const programClaims = (program) => { throw new ClaimError(' +
  "'backprove check reads lines of programs, a page does not', { start: 0, end: program.length }) }"

/** What calls of a program alone make: einsum, kron, x[1:3]. */
const CALLS =
  "import { ClaimError } from '../syntax.ts';" +
  'const no = ({ word, span }) => { throw new ClaimError(' +
  "'backprove check reads ' + word + ', a page does not', span) };" +
  'export { no as repeatedAxes, no as kroneckerAxes, no as repeatedAt, no as kroneckerAt, ' +
  'no as contractedAxes, no as asEinsum, no as contractedAt, no as partAxes, no as partEntry, ' +
  'no as withLengths }'

/** Losses and layers that libraries call as functions. */
const LOSSES =
  "import { refuse } from '../given.ts';" +
  "const no = (given) => refuse(given, 'backprove check reads ' + given.word + ', a page does not');" +
  'const all = (words) => Object.fromEntries(words.split(" ").map((each) => [each, no]));' +
  'export const ofTorch = all("conv2d maxpool2d avgpool2d"), ofLibraries = all(' +
  '"mseloss l1loss binarycrossentropy binarycrossentropywithlogits crossentropy nllloss ' +
  'softmaxcrossentropywithlogits sigmoidcrossentropywithlogits linear layernorm")'

/** What is true is told of formulas. */
const PROGRAMS =
  'export const asProgram = () => {}; export const differential = (of) => ({ kind: "product", ' +
  'factors: [{ kind: "name", base: "d", primes: 0, span: { start: 0, end: 1 } }, ' +
  '{ ...of, span: { start: 1, end: 2 } }], span: { start: 0, end: 2 } })'

/** A formula beside a condition in prose: where it is false as it stands, nothing is said of it. */
const AROUND =
  'export const saidAround = (text, all) => ({ conditions: new Set(), of: new Map(all.map((one, at) => ' +
  '[at, [[all[at - 1], one], [one, all[at + 1]]].some(([a, b]) => a && b && b.start - a.start - ' +
  "a.text.length < 60 && [a, b].some((by) => by !== one && by.source === 'inline' && " +
  '/[≠<>≤≥]|\\\\[nlg]eq?\\b|^\\s*\\w\\s*=\\s*\\w\\s*$|=\\s*[01]\\s*$/.test(by.text)))])) })'
const BESIDES =
  'export const besides = ({ claim, beside }, ask) => { const found = ask(claim); return beside && ' +
  "found.verdict.kind === 'refuted' ? { verdict: { kind: 'ill-formed', at: claim.span, reason: " +
  "'It is said to hold under a condition that is not read: write it in the formula' } } : found }"

/**
 * What no page asks for: a certificate to take along (the checker of what it proves stays), and how
 * a program runs.
 */
const INSTEAD: readonly (readonly [file: RegExp, contents: string])[] = [
  [/graph[/\\]src[/\\]elsewhere\.ts$/, HINTLESS],
  [/read[/\\]methods\.ts$/, 'export const hintAtMethods = () => {}'],
  [/layers[/\\]modules\.ts$/, MODULES],
  [/layers[/\\]keras\.ts$/, MODELS],
  [/read[/\\]program[/\\]claims\.ts$/, LINES],
  [/programs[/\\](?:parts|blown-up|contracted)\.ts$/, CALLS],
  [/right[/\\]as-program\.ts$/, PROGRAMS],
  // Repairs of lines of programs alone.
  [
    /edits[/\\]lines\.ts$/,
    'const none = () => []; export const lines = { missing: none, rewritten: none, exchanged: none }',
  ],
  [/library[/\\]torch\.ts$/, LOSSES],
  [/library[/\\]padded\.ts$/, 'export const padded = () => {}'],
  [/layers[/\\]pasted\.ts$/, 'export const plainly = (text) => text'],
  // Words around a range: for all hidden layers l, from L − 1 down to 1.
  [/said[/\\]in-ranges\.ts$/, 'export const inRanges = (tokens) => tokens'],
  // What stands beside a condition in prose is asked to carry it.
  [/document[/\\]around\.ts$/, AROUND],
  [/document[/\\]beside\.ts$/, 'export const withSaid = (claim, beside) => ({ claim, beside })'],
  [/notes[/\\]besides\.ts$/, BESIDES],
  // Regions of a pooling, R_{ij}, are names that a page has not.
  [
    /pooling-regions\.ts$/,
    'export const withRegions = (claim) => claim, withOwnRegion = withRegions, withinWindow = withRegions',
  ],
  // Names for what a network does not name are for the command.
  [/unnamed-errors\.ts$/, 'export const overUnnamed = (claims, run, judge) => judge(claims, run)'],
  // Networks of so many arrays are of programs.
  [/verdict[/\\]by-step\.ts$/, 'export const stepOf = () => {}'],
  [/certify[/\\]certified\.ts$/, "export const certified = () => ({ why: 'not in a page' })"],
  [/explain[/\\]explain\.ts$/, "export const explain = () => { throw new Error('not in a page') }"],
]
const withoutUnasked: Plugin = {
  name: 'without what is not asked for',
  setup({ onLoad }) {
    for (const [filter, contents] of INSTEAD) onLoad({ filter }, () => ({ contents, loader: 'js' }))
  },
}

export const trimmed: Plugin[] = [
  withoutUnused,
  shortTranslations,
  codes,
  shortStyles,
  withoutUnasked,
]

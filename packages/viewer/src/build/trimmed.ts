// What of others' packages, and of ours, no page needs is left out of its script.
import { readFile } from 'node:fs/promises'
import { type Plugin, transform } from 'esbuild'
import ts from 'typescript'

/**
 * Of KaTeX only the parser runs in a page: the sizes of letters and the shapes of roots are left
 * out, but for the two letters that it looks up when it is loaded, and so is what would set a
 * formula.
 */
const parserOnly: Plugin = {
  name: 'parser only',
  setup({ onLoad }) {
    onLoad({ filter: /katex\.mjs$/ }, async ({ path }) => {
      return { contents: parserOf(await readFile(path, 'utf8')), loader: 'js' }
    })
  },
}

const METRICS = /^var fontMetricsData = \{[\s\S]*?^\};$/m
const FEW = 'var fontMetricsData = {"Main-Regular": {65: [0, 0.68333], 84: [0, 0.67]}};'
const SHAPES = /^var path = \{[\s\S]*?^\};$/m
/** All that the package gives; of it one function is asked for. */
const KATEX = /^var katex = \{[\s\S]*?^\};$/m
/** What its result would be set by. */
const TREE = /^var buildTree = [\s\S]*?^\};$/m
const TEMML = /^var temml\$1 = \{[\s\S]*?^\};$/m

/**
 * Chemistry and commutative diagrams; what is refused where a formula is not trusted (pictures,
 * attributes of HTML); what only sets formulas as HTML. What those alone call is then nobody's, and
 * the bundler drops it.
 */
const UNUSED = new RegExp(
  [
    /\b(?:mhchemParser|chemParse|cancelto)\b/,
    /type: "(?:includegraphics|html|cdlabel|cdlabelparent|multiscript)"/,
    /names: \["CD"\]|^\s*Options\.BASESIZE = |quirks mode/m,
  ]
    .map(({ source }) => source)
    .join('|'),
  'm',
)

/** @throws Error where KaTeX is not of the form that is known */
export function parserOf(katex: string): string {
  const parts = [
    [METRICS, FEW],
    [SHAPES, 'var path = {};'],
    [KATEX, 'var katex = { __parse: generateParseTree };'],
    [TREE, 'var buildTree = () => {};'],
  ] as const
  const text = parts.reduce((all, [part, instead]) => replaced('KaTeX', all, part, instead), katex)
  return withoutBuilders(without(UNUSED, text))
}

/** The statements of a module that do something when it is loaded, but for those. */
function without(unused: RegExp, text: string): string {
  const { statements } = ts.createSourceFile('module.mjs', text, ts.ScriptTarget.Latest, false)
  return statements
    .filter((each) => {
      const acts = ts.isExpressionStatement(each) || ts.isIfStatement(each)
      return !acts || !unused.test(text.slice(each.getFullStart(), each.end))
    })
    .map(({ pos, end }) => text.slice(pos, end))
    .join('')
}

function replaced(name: string, text: string, part: RegExp, instead: string): string {
  if (!part.test(text)) throw new Error(`${name} has changed: there is no ${part}`)
  return text.replace(part, () => instead)
}

/** Of Temml, what sets chemistry and pictures is left out: a fifth of it. */
const withoutChemistry: Plugin = {
  name: 'without chemistry',
  setup({ onLoad }) {
    onLoad({ filter: /temml\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = replaced('Temml', text, TEMML, 'var temml$1 = { render };')
      return { contents: without(UNUSED, contents), loader: 'js' }
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

/**
 * What no page asks for: a certificate to take along (the checker of what it proves stays), how a
 * program runs, and convolutions by Winograd's algorithm, which relaxed precision alone has.
 */
const INSTEAD: readonly (readonly [file: RegExp, contents: string])[] = [
  [/certify[/\\]certified\.ts$/, "export const certified = () => ({ why: 'not in a page' })"],
  [/explain[/\\]explain\.ts$/, "export const explain = () => { throw new Error('not in a page') }"],
  [
    /winograd[/\\]conv2d\.ts$/,
    "export * from '../conv/conv2d.ts'; const no = () => false\n" +
      'export { no as byTilesInstead, no as finishesBack, no as finishesForward }',
  ],
]
const withoutUnasked: Plugin = {
  name: 'without what is not asked for',
  setup({ onLoad }) {
    for (const [filter, contents] of INSTEAD) onLoad({ filter }, () => ({ contents, loader: 'ts' }))
  },
}

/** `htmlBuilder` and `mathmlBuilder` of every kind of node, emptied. */
function withoutBuilders(text: string): string {
  const file = ts.createSourceFile('katex.mjs', text, ts.ScriptTarget.Latest, false)
  const found: { from: number; to: number; name: string }[] = []
  const visit = (node: ts.Node): void => {
    const isProperty =
      ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isMethodDeclaration(node)
    const name = isProperty && ts.isIdentifier(node.name) ? node.name.text : ''
    if (/^(html|mathml)Builder$/.test(name))
      found.push({ from: node.getStart(file), to: node.end, name })
    else ts.forEachChild(node, visit)
  }
  visit(file)
  return found
    .reverse()
    .reduce((all, { from, to, name }) => `${all.slice(0, from)}${name}() {}${all.slice(to)}`, text)
}

export const trimmed: Plugin[] = [parserOnly, withoutChemistry, shortStyles, withoutUnasked]

// Bundles a page's script into one text, with its style sheets and its font inside. For the
// repository and for the build; a published package has the results.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import ts from 'typescript'
import type { AssetName } from '../assets.ts'
import { mathFont } from './font.ts'

const browser = new URL('../browser/', import.meta.url)

export async function bundle(name: AssetName): Promise<string> {
  await mathFont()
  const entry = fileURLToPath(new URL(name.replace(/\.js$/, '.ts'), browser))
  const { outputFiles } = await build({
    entryPoints: [entry],
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'browser' },
    ...{ target: 'es2022', legalComments: 'none', charset: 'utf8', logLevel: 'silent' },
    plugins: [parserOnly, withoutCertifying],
    loader: { '.css': 'text', '.woff2': 'binary', '.md': 'text' },
  })
  return outputFiles[0]!.text
}

/**
 * Of KaTeX only the parser runs in a page: the sizes of letters and the shapes of roots are left
 * out, but for the two letters that it looks up when it is loaded, and so is what would set a
 * formula.
 */
const parserOnly: Plugin = {
  name: 'parser only',
  setup({ onLoad }) {
    onLoad({ filter: /katex\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const metrics = /^var fontMetricsData = \{[\s\S]*?^\};$/m
      const few = 'var fontMetricsData = {"Main-Regular": {65: [0, 0.68333], 84: [0, 0.67]}};'
      const shapes = /^var path = \{[\s\S]*?^\};$/m
      const bare = text.replace(metrics, few).replace(shapes, 'var path = {};')
      return { contents: withoutBuilders(bare), loader: 'js' }
    })
  },
}

/** No page asks for a certificate to take along; the checker of what it proves stays. */
const withoutCertifying: Plugin = {
  name: 'without certifying',
  setup({ onLoad }) {
    const contents = "export const certified = () => ({ why: 'not in a page' })"
    onLoad({ filter: /certify[/\\]certified\.ts$/ }, () => ({ contents, loader: 'ts' }))
  },
}

/** `htmlBuilder` and `mathmlBuilder` of every kind of node, emptied. */
function withoutBuilders(text: string): string {
  const file = ts.createSourceFile('katex.mjs', text, ts.ScriptTarget.Latest, false)
  const found: { from: number; to: number; name: string }[] = []
  const visit = (node: ts.Node): void => {
    const isProperty = ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)
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

// Bundles a page's script into one text, with its style sheets and its font inside. For the
// repository and for the build; a published package has the results.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
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
    plugins: [withoutMetrics],
    loader: { '.css': 'text', '.woff2': 'binary', '.md': 'text' },
  })
  return outputFiles[0]!.text
}

/** Of KaTeX only the parser runs in a page: sizes of letters and shapes of roots are left out. */
const withoutMetrics: Plugin = {
  name: 'without metrics',
  setup({ onLoad }) {
    onLoad({ filter: /katex\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const tables = /^var (fontMetricsData|path) = \{[\s\S]*?^\};$/gm
      const contents = text.replaceAll(tables, 'var $1 = {};')
      return { contents, loader: 'js' }
    })
  },
}

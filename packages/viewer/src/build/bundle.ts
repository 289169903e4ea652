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

/**
 * Of KaTeX only the parser runs in a page: the sizes of letters and the shapes of roots are left
 * out, but for the two letters that it looks up when it is loaded.
 */
const withoutMetrics: Plugin = {
  name: 'without metrics',
  setup({ onLoad }) {
    onLoad({ filter: /katex\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const metrics = /^var fontMetricsData = \{[\s\S]*?^\};$/m
      const few = 'var fontMetricsData = {"Main-Regular": {65: [0, 0.68333], 84: [0, 0.67]}};'
      const shapes = /^var path = \{[\s\S]*?^\};$/m
      const contents = text.replace(metrics, few).replace(shapes, 'var path = {};')
      return { contents, loader: 'js' }
    })
  },
}

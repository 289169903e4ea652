// Bundles a page's script into one text, with its style sheets and its font inside. For the
// repository and for the build; a published package has the results.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
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
    loader: { '.css': 'text', '.woff2': 'binary', '.md': 'text' },
  })
  return outputFiles[0]!.text
}

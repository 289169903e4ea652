// Bundles a page's script into one text, with its style sheets and its font inside. For the
// repository and for the build; a published package has the results.
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { minify } from '@swc/core'
import { build } from 'esbuild'
import { minify as shortenedOnceMore } from 'terser'
import type { AssetName } from '../asset-names.ts'
import { mathFont } from './font.ts'
import { together } from './together.ts'
import { shortFields, withoutTheirTexts } from './trim/fields.ts'
import { trimmed } from './trim/index.ts'
import { saidOnce } from './trim/said-twice.ts'

const browser = new URL('../browser/', import.meta.url)

/** Each script, and the worker that it carries. */
const PARTS: Readonly<Record<AssetName, { readonly page: string; readonly worker?: string }>> = {
  'graph-page.js': { page: 'graph-page' },
  'notes-page.js': { page: 'notes-page', worker: 'notes-worker' },
  'elements.js': { page: 'elements', worker: 'notes-worker' },
  'lazy.js': { page: 'lazy' },
}

/** Its text, and the files that it is made of. */
export async function bundled(name: AssetName): Promise<{ text: string; inputs: string[] }> {
  await mathFont()
  const parts = PARTS[name]
  const hasShortFields = name === 'notes-page.js'
  const { outputFiles, metafile } = await build({
    entryPoints: Object.fromEntries(
      Object.entries(parts).map(([part, file]) => [
        part,
        fileURLToPath(new URL(`${file}.ts`, browser)),
      ]),
    ),
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'browser' },
    metafile: true,
    ...{
      drop: ['console'],
      target: 'esnext',
      legalComments: 'none',
      charset: 'utf8',
      logLevel: 'silent',
    },
    ...{ splitting: true, outdir: 'out', chunkNames: 'shared' },
    ...(hasShortFields && { mangleProps: shortFields }),
    plugins: trimmed,
    loader: { '.css': 'text', '.woff2': 'binary', '.md': 'text' },
    external: ['./elements.js'],
  })
  const text = (part: string): string =>
    saidOnce(outputFiles.find(({ path }) => basename(path) === `${part}.js`)?.text ?? '')
  const script =
    parts.worker === undefined
      ? text('page')
      : together({ page: text('page'), worker: text('worker'), shared: text('shared') })
  return {
    text: inMarkup(fontLast(await shortened(hasShortFields ? withoutTheirTexts(script) : script))),
    inputs: Object.keys(metafile.inputs),
  }
}

/** As a page has it. */
const plain = { comments: false, ascii_only: true } as const

/**
 * Names that are used most are the shortest in every function, and what a function alone calls is
 * part of it: 5 % less to load. What one of the two leaves the other finds, in that order.
 */
const shortened = async (script: string): Promise<string> => {
  // Letters of many alphabets as \u…: one alphabet compresses better than all of them.
  const options = { module: true, mangle: true, format: plain }
  const { code } = await minify(script, { ...options, ecma: 2022, compress: { passes: 5 } })
  const again = await shortenedOnceMore(code, {
    ...{ ...options, ecma: 2020 },
    compress: { passes: 2, ecma: 2020, unsafe_arrows: true, pure_getters: true },
  })
  return again.code!
}

/** The font is noise between two texts that are much alike: it stands after them. */
const fontLast = (script: string): string => {
  const font = /"d09GM[\w+/=]+"/.exec(script)?.[0]
  if (font === undefined) return script
  return `${script.replace(font, '$font()')}\nfunction $font(){return${font}}`
}

/**
 * A script that may stand in a page as it is: within `<!--` another `<script` would swallow what
 * closes the first. All three stand in strings and patterns alone.
 */
const inMarkup = (script: string): string => script.replaceAll(/<(?=\/?script|!--)/gi, '\\x3c')

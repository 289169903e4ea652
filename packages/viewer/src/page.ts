// One offline HTML file: a policy that lets nothing in but its own script by hash, the data as
// JSON, and light text for whoever has no scripts. Pure: the same in Node and in a page.
import { ROOT_STYLE } from './palette.ts'

export interface PageParts extends Head {
  /** The custom element that fills the page, with its attributes. */
  readonly element: string
  /** What is read without scripts. */
  readonly text: string
  readonly script: string
  readonly data?: unknown
}

interface Head {
  readonly title: string
  readonly language: string
  readonly style: string
  /** The policy: what the page may run and load. */
  readonly csp: string
}

/** Lets in this script and this style, by their SHA-256 in base64, and nothing else. */
export const policyFor = (hashes: { readonly script?: string; readonly style: string }): string =>
  [
    "default-src 'none'",
    ...(hashes.script === undefined
      ? []
      : [
          `script-src 'sha256-${hashes.script}' 'wasm-unsafe-eval'`,
          'worker-src blob:',
          "require-trusted-types-for 'script'",
          'trusted-types backprove',
        ]),
    `style-src 'sha256-${hashes.style}'`,
    'font-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

export function pageOf(parts: PageParts): string {
  const { element, text, script, data } = parts
  const [name = ''] = element.split(' ')
  return documentOf(parts, [
    `<main><${element}><pre>\n${escaped(text)}</pre></${name}></main>`,
    ...(data === undefined
      ? []
      : [`<script type="application/json" id="data">${json(data)}</script>`]),
    `<script type="module" id="script">${script}</script>`,
  ])
}

/** A whole document: the policy first, then the one style sheet, then these lines of its body. */
export const documentOf = (
  { title, language, style, csp }: Head,
  body: readonly string[],
): string =>
  [
    '<!doctype html>',
    `<html lang="${escaped(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(csp)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n')

/** Text between tags, or between quotes. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** No `</script>` and no `<!--` can stand in it. */
const json = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c')

/** What stands around the element: the rest is the element's own. */
export const PAGE_STYLE = [
  ROOT_STYLE,
  'html,body,main{margin:0;height:100%}',
  'body{background:var(--paper);color:var(--ink)}',
  'main>*{display:block;min-height:100%}',
  'pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:16px;font:14px/1.6 monospace}',
].join('')

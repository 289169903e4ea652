// One offline HTML file: a policy that lets nothing in but its own script by hash, the data as
// JSON, and light text for whoever has no scripts. Pure: the same in Node and in a page.

export interface PageParts {
  readonly title: string
  readonly language: string
  /** Of the custom element that fills the page, with its attributes. */
  readonly element: string
  /** What is read without scripts. */
  readonly text: string
  readonly style: string
  readonly script: string
  readonly data?: unknown
  /** Further texts the script reads, by id: the worker's own. */
  readonly texts?: Readonly<Record<string, string>>
  /** SHA-256 of style and script, in base64. */
  readonly hashes: { readonly style: string; readonly script: string }
}

export function policy(script: string, style: string, more = ''): string {
  return [
    "default-src 'none'",
    `script-src ${script} 'wasm-unsafe-eval'`,
    `style-src ${style}`,
    'font-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    ...(more ? [more] : []),
    "require-trusted-types-for 'script'",
    'trusted-types backprove',
  ].join('; ')
}

export function pageOf(parts: PageParts): string {
  const { title, language, element, text, style, script, data, texts = {}, hashes } = parts
  const [name = ''] = element.split(' ')
  const own = (hash: string) => `'sha256-${hash}'`
  const csp = policy(own(hashes.script), own(hashes.style), 'worker-src blob:')
  return [
    ...headOf({ title, language, style, csp }),
    `<main><${element}><pre>\n${escaped(text)}</pre></${name}></main>`,
    ...(data === undefined
      ? []
      : [`<script type="application/json" id="data">${json(data)}</script>`]),
    ...Object.entries(texts).map(
      ([id, content]) => `<script type="text/plain" id="${id}">${inScript(content)}</script>`,
    ),
    `<script type="module" id="script">${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** The lines of every page down to its body: the policy, and the one style sheet. */
export const headOf = ({
  title,
  language,
  style,
  csp,
}: Pick<PageParts, 'title' | 'language' | 'style'> & { readonly csp: string }): string[] => [
  '<!doctype html>',
  `<html lang="${escaped(language)}">`,
  '<head>',
  '<meta charset="utf-8">',
  `<meta http-equiv="Content-Security-Policy" content="${csp}">`,
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
  '<meta name="color-scheme" content="light dark">',
  `<title>${escaped(title)}</title>`,
  `<style>${style}</style>`,
  '</head>',
  '<body>',
]

/** Text between tags, or between quotes. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** No `</script>` and no `<!--` can stand in it. */
const json = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c')

/** The bundler writes `<\/script` in strings; what is left would be a comment's or a pattern's. */
const inScript = (content: string): string => content.replaceAll(/<(?=\/script|!--)/gi, '\\x3c')

/** What stands around the element: the rest is the element's own. */
export const PAGE_STYLE = [
  ':root{color-scheme:light dark}',
  'html,body,main{margin:0;height:100%}',
  'body{background:light-dark(#fff,#14171c);color:light-dark(#1a1d21,#e6e8eb)}',
  'main>*{display:block;min-height:100%}',
  'pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:16px;font:14px/1.6 monospace}',
].join('')

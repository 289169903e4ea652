// Markdown as HTML that is read without scripts: formulas as MathML, code in colours that are
// classes, each formula of a page with a network beside its verdict.
import { mathMarkup, partsOf } from '@backprove/viewer'
import MarkdownIt from 'markdown-it'
import { type BundledLanguage, createHighlighter, type Highlighter } from 'shiki'

export interface Heading {
  readonly level: number
  readonly id: string
  readonly text: string
}

export interface Rendered {
  readonly html: string
  readonly headings: readonly Heading[]
}

export interface Renderer {
  /** `badge`: what stands behind the formula with that LaTeX. `link`: an address, rewritten. */
  render(markdown: string, options: RenderOptions): Rendered
  /** Rules for the classes of everything rendered so far. */
  styles(): string
}

export interface RenderOptions {
  badge(tex: string): string
  link(address: string): string
}

const CODE: readonly BundledLanguage[] = ['ts', 'sh', 'json', 'yaml', 'html', 'python']
const THEMES = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const

/** Chinese has no spaces: between its signs, and at its punctuation, a line goes on at once. */
const HAN = /^\p{Script=Han}|\p{Script=Han}$/u
const STOP = /^[，。：；、！？（）《》]|[，。：；、！？（）《》]$/u
const goesOn = (end: string, start: string): boolean =>
  STOP.test(end) || STOP.test(start) || (HAN.test(end) && HAN.test(start))

export async function renderer(): Promise<Renderer> {
  const highlighter = await createHighlighter({ langs: [...CODE], themes: Object.values(THEMES) })
  const colours = new Map<string, string>()
  return {
    render: (markdown, options) => rendered(markdown, options, { highlighter, colours }),
    styles: () => [...colours].map(([style, name]) => `.${name}{${style}}`).join(''),
  }
}

interface Tools {
  readonly highlighter: Highlighter
  readonly colours: Map<string, string>
}

function rendered(markdown: string, { badge, link }: RenderOptions, tools: Tools): Rendered {
  const headings: Heading[] = []
  const md = new MarkdownIt({ html: false, linkify: false })
  lineBreaks(md)
  plainFormulas(md)
  formulas(md, (tex, display) => {
    const set = mathMarkup(tex, display) + badge(tex)
    return display ? `<span class="display">${set}</span>` : set
  })
  md.renderer.rules.fence = (tokens, at) => code(tokens[at]!.content, tokens[at]!.info, tools)
  md.renderer.rules.heading_open = (tokens, at) => {
    const text = tokens[at + 1]!.children!.map(({ content }) => content).join('')
    const id = slug(text, headings)
    const level = Number(tokens[at]!.tag.slice(1))
    headings.push({ level, id, text })
    return `<h${level} id="${id}">`
  }
  md.renderer.rules.softbreak = (tokens, at) => {
    const [before = '', after = ''] = [tokens[at - 1]?.content, tokens[at + 1]?.content]
    return goesOn(before.slice(-1), after.slice(0, 1)) ? '' : '\n'
  }
  md.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>'
  md.renderer.rules.table_close = () => '</table></div>'
  md.renderer.rules.link_open = (tokens, at, options, _, self) => {
    const href = tokens[at]!.attrGet('href') ?? ''
    const address = link(`${href}`)
    // What is a file of the repository and no page is named, not linked.
    if (address === '') tokens[at]!.attrs = null
    else tokens[at]!.attrSet('href', address)
    return self.renderToken(tokens, at, options)
  }
  // Comments carry what notes expect of their formulas; nobody reads them.
  const html = md.render(markdown.replaceAll(/<!--[\s\S]*?-->/g, ''))
  // A corner of a table that says nothing heads nothing.
  const plain = html
    .replaceAll(/ style="text-align:(\w+)"/g, ' class="$1"')
    .replaceAll(/<th([^>]*)><\/th>/g, '<td$1></td>')
  return { html: plain, headings }
}

const slug = (text: string, before: readonly Heading[]): string => {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  const taken = before.filter(({ id }) => id === plain || id.startsWith(`${plain}-`)).length
  return taken > 0 ? `${plain}-${taken}` : plain || `part-${before.length}`
}

/** $…$ within a line and $$…$$, as notes write them. */
function formulas(
  md: InstanceType<typeof MarkdownIt>,
  set: (tex: string, display: boolean) => string,
): void {
  md.inline.ruler.before('escape', 'formula', (state, silent) => {
    if (state.src[state.pos] !== '$') return false
    const isDisplay = state.src[state.pos + 1] === '$'
    const fence = isDisplay ? '$$' : '$'
    const from = state.pos + fence.length
    const to = state.src.indexOf(fence, from)
    const tex = to < 0 ? '' : state.src.slice(from, to)
    if (tex.trim() === '' || (!isDisplay && /^\s|\s$/.test(tex))) return false
    if (!silent) {
      const token = state.push('formula', '', 0)
      token.content = tex
      token.hidden = isDisplay
    }
    state.pos = to + fence.length
    return true
  })
  md.renderer.rules.formula = (tokens, at) => set(tokens[at]!.content.trim(), tokens[at]!.hidden)
}

/** Code, formulas, addresses, emphasis: what plain formulas do not stand in. */
const NO_PROSE =
  /(`+)[\s\S]*?\1|\$\$?[^$]*\$\$?|\]\([^)]*\)|<[^>]*>|\\.|\*+|(?<![\p{L}\d])_\p{L}[\p{L} ]*_(?![\p{L}\d])/gu

/** δ_n^O in prose is mathematics, and its lowered signs are no emphasis. */
function plainFormulas(md: InstanceType<typeof MarkdownIt>): void {
  md.core.ruler.after('block', 'plain formulas', ({ tokens }) => {
    tokens.forEach((token, k) => {
      if (token.type !== 'inline' || tokens[k - 1]?.type === 'heading_open') return
      const others = token.content.match(NO_PROSE) ?? []
      token.content = token.content
        .replaceAll(NO_PROSE, '\0')
        .split('\0')
        .map((prose, at) => marked(prose) + (others[at] ?? ''))
        .join('')
    })
  })
}

const marked = (prose: string): string =>
  partsOf(prose)
    .map((part) => (typeof part === 'string' ? part : `$${part.tex.trim()}$`))
    .join('')

/** `<br>` in a cell of a table, the one tag that the pages use. */
function lineBreaks(md: InstanceType<typeof MarkdownIt>): void {
  md.inline.ruler.before('html_inline', 'line break', (state, silent) => {
    if (!state.src.startsWith('<br>', state.pos)) return false
    if (!silent) state.push('hardbreak', 'br', 0)
    state.pos += '<br>'.length
    return true
  })
}

/** Shiki's inline colours become classes: a policy without styles in markup is kept. */
function code(text: string, info: string, { highlighter, colours }: Tools): string {
  const [name = ''] = info.trim().split(/\s+/)
  const isKnown = (CODE as readonly string[]).includes(name)
  const html = highlighter.codeToHtml(text.replace(/\n$/, ''), {
    lang: isKnown ? name : 'text',
    themes: THEMES,
    defaultColor: 'light-dark()',
  })
  return html
    .replaceAll(/ style="([^"]*)"/g, (_, style: string) => {
      const known = colours.get(style) ?? `c${colours.size}`
      colours.set(style, known)
      return ` data-c="${known}"`
    })
    .replaceAll(
      /(<\w+)( class="([^"]*)")?([^>]*?) data-c="(\w+)"/g,
      (_, tag, __, own, rest, name) => `${tag} class="${own ? `${own} ` : ''}${name}"${rest}`,
    )
}

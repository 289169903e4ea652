// @backprove/viewer: see a network and its derivative. Writes offline pages; what runs in them is
// in browser/.
import { formula, grad, type Node, topologicalOrder } from '@backprove/graph'
import { asset, sha256 } from './assets.ts'
import { readView, type ViewDocument } from './document.ts'
import { pageOptions } from './given.ts'
import { PAGE_STYLE, pageOf, policyFor } from './page.ts'
import { VIEW_OPTIONS, type ViewModel, type ViewOptions, viewDocument } from './view-document.ts'

export { asset, fontBytes } from './assets.ts'
export { type DerivationPageOptions, derivationPage, fontFace } from './derivation-page.ts'
export {
  readView,
  type Scope,
  type View,
  type ViewDocument,
  ViewError,
  type ViewHealth,
  type ViewVerdict,
} from './document.ts'
export { MATH_STYLE } from './math/style.ts'
export { ROOT_STYLE } from './palette.ts'
export { mathMarkup } from './static-math.ts'
export { healthInChinese } from './verdicts/health-zh.ts'
export { type Part, partsOf } from './verdicts/parts.ts'
export { verdictInChinese } from './verdicts/text.ts'
export { verdictSign, verdictWord } from './verdicts/words.ts'
export { type ViewLayer, type ViewModel, type ViewOptions, viewDocument } from './view-document.ts'

/** Options of the pages. */
export interface PageOptions {
  /** `en` or `zh-CN`; `auto` is the reader's own. Default `auto`. */
  readonly language?: string
}

/**
 * The page of a network and its derivative: one HTML file that needs nothing else and asks nothing
 * of anybody.
 * @throws ViewError for a document that does not hold
 */
export async function graphPage(view: ViewDocument, options: PageOptions = {}): Promise<string> {
  const { language = 'auto' } = pageOptions('graphPage', options, ['language'])
  const { cost } = readView(view)
  const script = await asset('graph-page.js')
  return pageOf({
    title: `${view.title} · Backprove`,
    ...elementIn('backprove-graph address', language),
    text: textOf(cost),
    ...dressed(script),
    data: view,
  })
}

/** Options of `notesPage`. */
export interface NotesPageOptions extends PageOptions {
  /** The document that the page opens with. Default: the first of its examples. */
  readonly notes?: string
}

/** The page where notes are written and checked: one HTML file. */
export async function notesPage(options: NotesPageOptions = {}): Promise<string> {
  const given = pageOptions('notesPage', options, ['notes', 'language'])
  const { notes = '', language = 'auto' } = given
  const script = await asset('notes-page.js')
  return pageOf({
    title: /^zh/i.test(language) ? 'Backprove 笔记' : 'Backprove notes',
    ...elementIn('backprove-notes address', language),
    text: notes,
    ...dressed(script),
  })
}

const dressed = (script: string) => ({
  ...{ script, style: PAGE_STYLE },
  csp: policyFor({ script: sha256(script), style: sha256(PAGE_STYLE) }),
})

const elementIn = (element: string, language: string) => ({
  language: language === 'auto' ? 'en' : language,
  element: language === 'auto' ? `${element} data-language="auto"` : element,
})

/**
 * The page of a recorded network, given by its cost or as a model.
 * @throws ViewError, OptionError as {@link viewDocument} does
 */
export async function page(
  subject: Node | ViewModel,
  options: ViewOptions & PageOptions = {},
): Promise<string> {
  const given = pageOptions('page', options, [...VIEW_OPTIONS, 'language'])
  const { language, ...shown } = given
  return graphPage(viewDocument(subject, shown), language === undefined ? {} : { language })
}

/** Beyond this many arrays nobody reads a list without a page. */
const MOST_LINES = 200

/** Every named array and every parameter's gradient, for whoever has no scripts. */
function textOf(cost: Node): string {
  const named = topologicalOrder([cost]).filter(
    ({ name, op }) => name !== undefined && op.name !== 'constant',
  )
  const parameters = named.filter(({ op }) => op.name === 'parameter')
  if (named.length > MOST_LINES) return named.map(({ name }) => name).join('  ')
  const gradients = grad(cost, parameters)
  return [...named.filter((node) => node.op.traits?.leaf !== true), ...gradients]
    .map((node) => formula(node))
    .join('\n')
}

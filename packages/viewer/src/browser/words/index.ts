// The words of the language in which a page is read.
import { en, type Words } from './en.ts'
import { zh } from './zh.ts'

export type { Words }

export const wordsOf = (language: string): Words => (/^zh/i.test(language) ? zh : en)

/** The nearest `lang` above an element, else the reader's own. */
export function languageOf(element: Element): string {
  const said = element.closest('[lang]')?.getAttribute('lang')
  return said || navigator.language
}

// Files that a page writes: the notes as Markdown, and the page itself with the notes inside.
import { escaped, pageOf } from '../../page.ts'

export function downloadText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/**
 * The page as it was loaded, its script unchanged (its hash is in the policy), with other notes in
 * it. False where the page is not one file.
 */
export function downloadPage(text: string): boolean {
  const script = document.getElementById('script')?.textContent
  const style = document.querySelector('style')?.textContent
  const csp = document.querySelector('meta[http-equiv]')?.getAttribute('content')
  if (!script || !style || !csp) return false
  const element = document.querySelector('backprove-notes')
  const language = element?.getAttribute('data-language')
  const page = pageOf({
    ...{ title: document.title, language: document.documentElement.lang, style, csp, script, text },
    element: `backprove-notes address${language ? ` data-language="${escaped(language)}"` : ''}`,
  })
  downloadText('notes.html', 'text/html', page)
  return true
}

// Files that a page writes: the notes as Markdown, and the page itself with the notes inside.
import { escaped } from '../../page.ts'

export function downloadText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/**
 * The page as it was loaded, its scripts unchanged (their hashes are in its policy), with other
 * notes in it. False where the page is not one file.
 */
export function downloadPage(text: string): boolean {
  const script = document.getElementById('script')?.textContent
  const worker = document.getElementById('worker')?.textContent
  const style = document.querySelector('style')?.textContent
  const csp = document.querySelector('meta[http-equiv]')?.getAttribute('content')
  if (!script || !worker || style === null || style === undefined || !csp) return false
  downloadText(
    'notes.html',
    'text/html',
    [
      '<!doctype html>',
      `<html lang="${escaped(document.documentElement.lang)}">`,
      '<head>',
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="${escaped(csp)}">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<meta name="color-scheme" content="light dark">',
      `<title>${escaped(document.title)}</title>`,
      `<style>${style}</style>`,
      '</head>',
      '<body>',
      `<main><backprove-notes address><pre>\n${escaped(text)}</pre></backprove-notes></main>`,
      `<script type="text/plain" id="worker">${worker}</script>`,
      `<script type="module" id="script">${script}</script>`,
      '</body>',
      '</html>',
      '',
    ].join('\n'),
  )
  return true
}

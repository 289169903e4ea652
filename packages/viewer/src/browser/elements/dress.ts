// Style sheets, the mathematical font and the theme: shared by all elements of a page.
import font from '../../../dist/assets/math.woff2'
import { MATH_STYLE } from '../../math/style.ts'
import { HOST_STYLE } from '../../palette.ts'
import graph from '../style/graph.css'
import math from '../style/math.css'
import shared from '../style/shared.css'

const sheets = new Map<string, CSSStyleSheet>()

function sheetOf(text: string): CSSStyleSheet {
  const sheet = sheets.get(text) ?? new CSSStyleSheet()
  if (!sheets.has(text)) sheet.replaceSync(text)
  sheets.set(text, sheet)
  return sheet
}

/** Adopted sheets keep a policy that forbids style in markup. `own`: of this kind of element. */
export function adopt(root: ShadowRoot, ...own: readonly string[]): void {
  root.adoptedStyleSheets = [HOST_STYLE, shared, MATH_STYLE, math, graph, ...own].map(sheetOf)
  loadFont()
}

let isLoaded = false

/** A font is the document's, and made of bytes it needs no request and no address. */
function loadFont(): void {
  if (isLoaded) return
  isLoaded = true
  const face = new FontFace('Backprove Math', font.slice().buffer)
  document.fonts.add(face)
  face.load().catch(() => {
    // The system's own font stands in.
  })
}

const darkSystem = matchMedia('(prefers-color-scheme: dark)')
const THEME = 'data-theme'

export function isDark(): boolean {
  const chosen = document.documentElement.getAttribute(THEME)
  return chosen ? chosen === 'dark' : darkSystem.matches
}

/** For this visit only: nothing is stored. */
export function toggleTheme(): void {
  const theme = isDark() ? 'light' : 'dark'
  document.documentElement.setAttribute(THEME, theme)
  document.documentElement.style.colorScheme = theme
  for (const each of listeners) each()
}

const listeners = new Set<() => void>()

/** Calls back when the theme changes; returns what ends that. */
export function onTheme(changed: () => void): () => void {
  listeners.add(changed)
  darkSystem.addEventListener('change', changed)
  return () => {
    listeners.delete(changed)
    darkSystem.removeEventListener('change', changed)
  }
}

// The colours of everything we show, in light and in dark: pages, elements, the site. Each is said
// here and nowhere else.

const COLOURS = {
  paper: ['#fff', '#14171c'],
  raised: ['#f6f7f9', '#1c2027'],
  ink: ['#1a1d21', '#e6e8eb'],
  quiet: ['#5a626d', '#a3abb6'],
  line: ['#d9dde3', '#343a44'],
  accent: ['#1d4fb0', '#8db4ff'],
  'on-accent': ['#fff', '#10141b'],
  chosen: ['#dde6f7', '#2a3850'],
  formula: ['#f1f4f9', '#1d232d'],
  forward: ['#eef3fc', '#1b2536'],
  'forward-line': ['#b9cbea', '#38507a'],
  'forward-lane': ['#7d8794', '#6f7b8c'],
  derivative: ['#fdf1ea', '#33231a'],
  'derivative-line': ['#ecc6af', '#71482f'],
  'derivative-lane': ['#c07a4e', '#a4714f'],
  bar: ['#8fb0e6', '#4f74b5'],
  warm: ['#a8450f', '#ffab7a'],
  good: ['#12693a', '#6fd39c'],
  bad: ['#b01919', '#ff9a92'],
  unsure: ['#775300', '#ecc45b'],
  'not-finite': ['#c800a0', '#ff6fe0'],
} as const

/** As properties of style, for a rule of `:root` or `:host`. */
const PROPERTIES = Object.entries(COLOURS)
  .map(([name, [light, dark]]) => `--${name}:light-dark(${light},${dark})`)
  .join(';')

/** Whose class is a kind of verdict has that verdict's colour, as `--verdict`. */
const BY_VERDICT = Object.entries({
  good: ['proved', 'agrees'],
  bad: ['refuted', 'ill-formed'],
  unsure: ['ambiguous', 'budget', 'holds-if'],
})
  .map(([name, kinds]) => `${kinds.map((kind) => `.${kind}`)}{--verdict:var(--${name})}`)
  .join('')

/** The colours of a whole page. */
export const ROOT_STYLE =
  `:root{color-scheme:light dark;${PROPERTIES}}${BY_VERDICT}` +
  '@media print{:root{color-scheme:light!important}}'

/** The colours of an element, whose page keeps its own and decides between light and dark. */
export const HOST_STYLE = `:host{color-scheme:inherit;${PROPERTIES}}${BY_VERDICT}`

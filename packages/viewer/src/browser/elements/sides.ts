// A long equation a = b = c with its sides one below the other, as a book sets it, and a long side
// in several lines, each of which goes on with its sign.

/** Characters of LaTeX that fit beside one another in a panel, roughly. */
const SHORT = 90
/** In a sentence a formula is broken at its signs; a longer one has a part that does not fit. */
export const BROKEN = 40
/** Letters of a line that is read without being scrolled. */
const WIDEST = 46

export function sidesBelow(tex: string, most = SHORT): string {
  if (tex.length <= most || tex.includes('\\begin{')) return tex
  const [left, ...right] = sides(tex)
  if (right.length === 0) return tex
  const lines = right.flatMap((side, k) => {
    const [first, ...more] = linesOf(side)
    return [`${k === 0 ? left : ''} &= ${first}`, ...more.map((line) => `&\\qquad ${line}`)]
  })
  return `\\begin{aligned} ${lines.join(' \\\\ ')} \\end{aligned}`
}

/** The parts between equal signs that stand in no brackets. */
function sides(tex: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let k = 0; k < tex.length; k++) {
    const character = tex[k]!
    if (character === '\\') {
      if (tex.startsWith('left', k + 1)) depth++
      if (tex.startsWith('right', k + 1)) depth--
      const isFence = /^\\(?:left|right)[([\])|.]/.test(tex.slice(k, k + 8))
      k += isFence ? (tex.startsWith('left', k + 1) ? 5 : 6) : 1
    } else if ('{(['.includes(character)) depth++
    else if ('})]'.includes(character)) depth--
    else if (depth === 0 && tex.startsWith(' = ', k)) {
      found.push(tex.slice(from, k))
      from = k + 3
    }
  }
  return [...found, tex.slice(from)]
}

/** How wide it is set, in letters: a script is small, and one above another takes no room. */
export function widthOf(tex: string): number {
  const scripts = tex.replaceAll(/\^\{[^{}]*\}(?=_)/g, '')
  const small = [...scripts.matchAll(/[_^]\{([^{}]*)\}/g)].map(([, script]) => letters(script!))
  const rest = letters(scripts.replaceAll(/[_^]\{[^{}]*\}/g, ''))
  return rest + 0.7 * small.reduce((all, count) => all + count, 0)
}

const letters = (tex: string): number =>
  tex
    .replaceAll(/\\(?:left|right|mathrm|text|operatorname\*?|quad)\b/g, '')
    .replaceAll(/\\(?:sum|frac|max|min)\b/g, 'xx')
    .replaceAll(/\\[a-zA-Z]+/g, 'x')
    .replaceAll(/[\\{}^_&\s]/g, '').length

/**
 * Broken before + and −, in round brackets too, which then have one size on both lines; what is
 * still too wide before a factor that is a sum, with the dot that a book sets there.
 */
function linesOf(side: string): string[] {
  if (widthOf(side) <= WIDEST) return [side]
  const parts = partsAt(side, isTerm).flatMap((term) =>
    widthOf(term) <= WIDEST
      ? [term]
      : partsAt(term, isFactor).map((factor, k) => (k === 0 ? factor : `\\cdot ${factor}`)),
  )
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${part}`) <= WIDEST)
      lines[lines.length - 1] += ` ${part}`
    else lines.push(part)
  }
  if (lines.length === 1) return [side]
  return lines.map(withOneSize)
}

/** Brackets that close on another line have one size on both; a pair on one line grows at need. */
function withOneSize(line: string): string {
  const open: number[] = []
  const alone = new Set<number>()
  for (const { 0: fence, index } of line.matchAll(/\\left\(|\\right\)/g)) {
    if (fence === '\\left(') open.push(index)
    else if (open.pop() === undefined) alone.add(index)
  }
  for (const index of open) alone.add(index)
  return line.replaceAll(/\\left\(|\\right\)/g, (fence, index: number) => {
    if (!alone.has(index)) return fence
    return fence === '\\left(' ? '\\Bigl(' : '\\Bigr)'
  })
}

/** Whether a part begins behind this blank: a term with its sign, or a factor that is a sum. */
type Begins = (before: string, from: string) => boolean
const isTerm: Begins = (_, from) => /^ [+-] /.test(from)
const isFactor: Begins = (before, from) =>
  from.startsWith(' \\sum') && !/(?:\\sum(?:_\{[^{}]*\})?|[+(-])$/.test(before.trim())

function partsAt(side: string, begins: Begins): string[] {
  const found: string[] = []
  const open: string[] = []
  let from = 0
  for (let k = 0; k < side.length; k++) {
    const fence = /^\\(left|right)(\\?[^a-zA-Z\\])/.exec(side.slice(k, k + 9))
    if (fence) {
      const [whole, which, bracket = ''] = fence
      if (which === 'left') open.push(bracket)
      else open.pop()
      k += whole.length - 1
    } else if (side[k] === '\\') k++
    else if ('{(['.includes(side[k]!)) open.push(side[k]!)
    else if ('})]'.includes(side[k]!)) open.pop()
    else if (
      k > 0 &&
      open.every((each) => each === '(') &&
      begins(side.slice(from, k), side.slice(k))
    ) {
      found.push(side.slice(from, k))
      from = k + 1
    }
  }
  return [...found, side.slice(from)]
}

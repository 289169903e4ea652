// A long equation a = b = c with its sides one below the other, as a book sets it.

/** Characters of LaTeX that fit beside one another in a panel, roughly. */
const SHORT = 90

export function sidesBelow(tex: string, most = SHORT): string {
  if (tex.length <= most || tex.includes('\\begin{')) return tex
  const [left, ...right] = sides(tex)
  if (right.length === 0) return tex
  const lines = right.map((side, k) => `${k === 0 ? left : ''} &= ${side}`)
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

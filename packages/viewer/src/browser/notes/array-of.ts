// Which array a formula is about: the one that a derivative is taken by.

/** `w` of `∂C/∂w_{uv} = …` and `z^F` of `δ^F = …`, as the graph calls them. */
export function arrayOf(written: string): string | undefined {
  const left = written
    .split('=')[0]!
    .replaceAll(/\\(?:d|t)?frac(?![A-Za-z])/g, '')
    .replaceAll(/\\partial(?![A-Za-z])/g, '∂')
    .replaceAll(/\\delta(?![A-Za-z])/g, 'δ')
  const by = /∂\s*(?:\p{L}|\\mathcal\s*\{?L\}?|\\ell)\s*(?:\}\s*\{|\/)\s*∂\s*(.*)$/su.exec(
    left,
  )?.[1]
  const error = /^\s*δ(.*)$/su.exec(left)?.[1]
  const name = by ?? (error === undefined ? undefined : `z${error}`)
  if (name === undefined) return undefined
  const bare = name
    .trim()
    .replaceAll(/\s+/g, '')
    .replace(/^\{/, '')
    .replace(/_(?:\{[^{}]*\}|.)/su, '')
  const tagged = /^(\p{L}[′']*)(?:\^\{?([A-Z\d]*)[a-z]*\}?)?/u.exec(bare)
  if (!tagged?.[1]) return undefined
  return tagged[2] ? `${tagged[1]}^{${tagged[2]}}` : tagged[1]
}

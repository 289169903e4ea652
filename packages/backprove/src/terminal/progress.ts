// A progress bar of one line, and a curve of a few.

/** `█████░░░░░  42 %` */
export function progressBar(share: number, width = 30): string {
  const clamped = Math.max(0, Math.min(1, share))
  const full = Math.round(clamped * width)
  const percent = `${Math.floor(clamped * 100)}`.padStart(3)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${percent} %`
}

export interface CurveOptions {
  readonly width?: number
  readonly height?: number
}

/** Values over time as rows of dots, the largest on top, with the scale at the left. */
export function curve(values: readonly number[], options: CurveOptions = {}): string[] {
  const { width = 60, height = 8 } = options
  if (values.length === 0) return []
  const columns = Array.from({ length: Math.min(width, values.length) }, (_, k, n = 0) => {
    const count = Math.min(width, values.length)
    const from = Math.floor((k * values.length) / count)
    const to = Math.max(from + 1, Math.floor(((k + 1) * values.length) / count))
    const part = values.slice(from, to)
    return part.reduce((sum, value) => sum + value, n) / part.length
  })
  const top = Math.max(...columns)
  const bottom = Math.min(0, ...columns)
  const span = top - bottom || 1
  const rows = columns.map((value) => Math.round(((value - bottom) / span) * (height * 4 - 1)))
  const dots = ['⣀', '⠤', '⠒', '⠉']
  return Array.from({ length: height }, (_, k) => {
    const row = height - 1 - k
    const scale = row === height - 1 ? top : row === 0 ? bottom : undefined
    const label = scale === undefined ? '' : scale.toPrecision(3)
    const line = rows.map((at) => (Math.floor(at / 4) === row ? dots[at % 4]! : ' ')).join('')
    return `${label.padStart(8)} ┤${line.trimEnd()}`
  })
}

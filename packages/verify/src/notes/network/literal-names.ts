// Names of a text network that are taken as they stand: W_{hx} beside W_{hh}, h_t beside h_{t-1},
// U_f of two axes. What stands below them says which array it is, not what its axes are called.
import { letteredAxes, parseName } from '@backprove/graph'
import type { NetworkLine } from '../../document/network/lines.ts'
import { someIn } from '../../document/network/tree.ts'

/** Names that would be one without what stands below them. */
export const literalNames = (lines: readonly NetworkLine[]): Set<string> => {
  const written = lines.flatMap((line) => (line.kind === 'cost' ? [] : [line.name]))
  const withBare = (bare: string) => written.filter((name) => parseName(name).bare === bare)
  const apart = written.filter((name) => {
    const { bare, letters } = parseName(name)
    return letters.length > 0 && withBare(bare).some((other) => other !== name)
  })
  const ofArrays = lines.flatMap((line) => (line.kind === 'op' && isOf(line) ? [line.name] : []))
  const steps = new Set(written.flatMap((name) => stepBelow(name) ?? []))
  const isStep = (name: string) => steps.has(/_\{?(\p{Ll})(?:[+-]\d+)?\}?$/u.exec(name)?.[1] ?? '')
  const unlettered = lines.flatMap((line) =>
    line.kind === 'leaf' && !isLettered(line) ? [line.name] : [],
  )
  return new Set([
    ...apart,
    ...written.filter(isStep),
    ...ofArrays,
    ...unlettered,
    ...costOf(lines),
  ])
}

/** μ_y = mean(y): the mean of a y, and no array with an axis y. */
const isOf = ({ name, value }: Extract<NetworkLine, { kind: 'op' }>): boolean =>
  parseName(name).letters.some((letter) =>
    someIn(value, (each) => each.kind === 'name' && each.name === letter),
  )

/** L_i of one example: the cost is a number, and has no index. */
const costOf = (lines: readonly NetworkLine[]): string[] => {
  const said = lines.findLast(({ kind }) => kind === 'cost')
  const last = said ?? lines.findLast(({ kind }) => kind === 'op')
  const [, base, below] = /^(\p{L})_\{?([\p{L}\d]+)\}?$/u.exec(last?.name ?? '') ?? []
  // E_{total} beside E_{o1}.
  const isApart = lines.some(({ name }) => name !== last?.name && name.startsWith(`${base}_`))
  return last && below && (isApart || /^\p{Ll}$/u.test(below)) ? [last.name] : []
}

/** Not U_f of two axes: one letter says which U it is, not what its axes are called. */
const isLettered = ({ name, shape }: Extract<NetworkLine, { kind: 'leaf' }>): boolean => {
  const { letters } = parseName(name)
  const lengths = shape.map(({ length }) => length)
  return letters.length === 0 || letteredAxes(lengths, letters.length) !== undefined
}

/** The t of h_{t-1}: below other names it says which step they are of, too. */
const stepBelow = (name: string): string | undefined => /_\{(\p{Ll})[+-]\d+\}$/u.exec(name)?.[1]

// For which sizes a proof holds, in one phrase: 3×2 kernels and every size of x.
import { ops } from '@backprove/graph'
import { nodesOf } from '../network/copy.ts'
import type { Network } from '../network/network.ts'
import { lengthsByName, sizesOf } from '../network/sizes.ts'
import type { Proved } from './verdict.ts'

/** `w` of `w.u`; undefined for a length that has a letter of its own. */
const arrayOf = (name: string): string | undefined => {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? undefined : name.slice(0, dot)
}

export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

const slides: ReadonlySet<unknown> = new Set([ops.conv2d, ops.convolve2d])

/** Names of the arrays that slide over images. */
const kernelsOf = ({ cost }: Network): ReadonlySet<string> =>
  new Set(
    nodesOf(cost).flatMap(({ op, args }) => {
      const kernel = slides.has(op) ? args[Object.keys(op.operands).indexOf('w')] : undefined
      return kernel?.name ?? []
    }),
  )

/** What stays as recorded, and what may have any size. */
export const extentOf = (
  scope: Proved['scope'],
  fixed: readonly string[],
  network: Network,
): string => {
  if (scope === 'shape') return 'this shape'
  if (fixed.length === 0) return 'all sizes'
  const { free } = sizesOf(network, 'ones vary')
  const isFixed = (names: readonly string[]) => names.some((name) => fixed.includes(name))
  const recorded = lengthsByName(network)
  const kernels = kernelsOf(network)
  const arrays = [...new Set(fixed.map((name) => arrayOf(name) ?? name))]
  const held = arrays.map((array) => {
    const own = fixed.filter((name) => arrayOf(name) === array)
    if (own.length < 2)
      return listed((own[0] ? own : [array]).map((name) => `${name} = ${recorded.get(name)}`))
    const size = own.map((name) => recorded.get(name)).join('×')
    return kernels.has(array) ? `${size} kernels` : `${array} of ${size}`
  })
  const others = free.filter(({ names }) => !isFixed(names)).map(({ names }) => names)
  // By an array of which nothing is fixed, where there is one.
  const saidBy = (names: readonly string[]) =>
    names.map((name) => arrayOf(name) ?? name).find((array) => !arrays.includes(array)) ??
    arrayOf(names[0]!) ??
    names[0]!
  const varying = [...new Set(others.map(saidBy))]
  const any = varying.length > 0 ? [`every size of ${listed(varying)}`] : []
  return listed([...new Set(held), ...any])
}

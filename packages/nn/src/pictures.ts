// Images, filters and feature maps as text for a terminal: shades of ink, several side by side.
import { readOptions, show, type TypedArray } from '@backprove/graph'
import { requireModel } from './check.ts'
import { NetworkError } from './layers/errors.ts'
import type { Model } from './model.ts'
import { compute } from './train/evaluate.ts'

/** An array of maps: [H,W], [C,H,W] or [P,D,m,n], row-major, each last two axes a picture. */
export interface Maps {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/** Options of `picture`. */
export interface PictureOptions {
  /** What is white and what is black; by default the least and the greatest value of them all. */
  readonly range?: readonly [white: number, black: number]
}

const SHADES = [' ', '░', '▒', '▓', '█']

/**
 * The maps side by side, two characters to a pixel so that it looks square.
 * @throws NetworkError where there are no two axes, or the values do not fill the shape
 */
export function picture(given: Maps, asked: PictureOptions = {}): string {
  const options = readOptions('picture', asked, ['range'])
  const { shape, data } = given ?? {}
  if (!Array.isArray(shape) || data === undefined) {
    throw new NetworkError(`picture: ${show(given)} has no shape and data; valuesAt gives them`)
  }
  const [height = 0, width = 0] = shape.slice(-2)
  const size = shape.reduce((product, length) => product * length, 1)
  if (shape.length < 2 || data.length !== size) {
    throw new NetworkError(`picture: ${data.length} values are no maps of shape [${shape}]`)
  }
  const values = Array.from(data)
  const [white, black] = options.range ?? [least(values), -least(values.map((value) => -value))]
  const span = black - white || 1
  const shade = (value: number): string => {
    const level = Math.floor(((value - white) / span) * SHADES.length)
    return SHADES[Math.max(0, Math.min(SHADES.length - 1, level))]!.repeat(2)
  }
  const maps = size / (height * width)
  const row = (map: number, i: number): string => {
    const start = (map * height + i) * width
    return values
      .slice(start, start + width)
      .map(shade)
      .join('')
  }
  const edge = (left: string, right: string) =>
    Array.from({ length: maps }, () => left + '─'.repeat(2 * width) + right).join(' ')
  const rows = Array.from({ length: height }, (_, i) =>
    Array.from({ length: maps }, (_, map) => `│${row(map, i)}│`).join(' '),
  )
  return [edge('┌', '┐'), ...rows, edge('└', '┘')].join('\n')
}

const least = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)

/** The value of any named node for one image: feature maps by `a^F`, filters by `w^F`. */
export function valuesAt(model: Model, name: string, image?: { readonly data: TypedArray }): Maps {
  requireModel('valuesAt', model)
  const one = model.at(null)
  const node = one.graph.node(name)
  const known = node.name === undefined ? undefined : one.values[node.name]
  if (known) return { shape: node.shape, data: known }
  if (!image) throw new NetworkError(`valuesAt: ${name} depends on the image, and none was given`)
  return { shape: node.shape, data: compute(one, node, { x: image.data }) }
}

/** The vertical edge filter of note 001: bright on the left, dark on the right. */
export const VEF = [
  [1, 0, -1],
  [1, 0, -1],
  [1, 0, -1],
] as const
/** The horizontal edge filter: its transpose. */
export const HEF = [
  [1, 1, 1],
  [0, 0, 0],
  [-1, -1, -1],
] as const

/** How like a pattern a region is (note 000): Σ w_ij x_ij, the sum of their products. */
export function similarity(
  filter: readonly (readonly number[])[],
  region: readonly (readonly number[])[],
): number {
  const isList = (value: unknown): boolean => Array.isArray(value)
  if (!isList(filter) || !isList(region)) {
    const given = `${show(filter)} and ${show(region)}`
    throw new NetworkError(`similarity: ${given} are no lists of rows, as VEF is one`)
  }
  const fits =
    filter.length === region.length && filter.every((row, i) => row.length === region[i]!.length)
  if (!fits) throw new NetworkError('similarity: the filter and the region differ in size')
  return filter.reduce(
    (sum, row, i) => row.reduce((partial, w, j) => partial + w * region[i]![j]!, sum),
    0,
  )
}

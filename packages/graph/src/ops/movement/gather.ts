// Entries of an array by their places along one axis, and the adjoint: what flows is added up at
// the places. Each is the other's derivative; a place has none.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp, type Op } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { formatShape, resolveAxis, type Shape } from '../../shape.ts'
import { access, indexLetters, MAX_RANK, sizeLetters } from '../axes.ts'
import { applied, spoken } from '../print-parts.ts'

/** Params of `gather`: the axis of x, from 0. */
export interface GatherParams {
  readonly axis: number
}
/** Params of the adjoint of `gather`. */
export interface GatherInputParams extends GatherParams {
  /** The length of the axis that the places count along. */
  readonly size: number
}

/** Letters of x's axes and of the places', and of what is gathered: those in the axis's stead. */
function lettersOf(letters: (count: number) => string[], x: number, n: number, axis: number) {
  const all = letters(x + n)
  const [own, places] = [all.slice(0, x), all.slice(x)]
  return { own, places, joined: own.toSpliced(axis, 1, ...places) }
}

/** Why a place is none; counted from 0. */
const amissAmong = (places: ArrayLike<number>, shape: Shape, size: number): string | undefined => {
  for (let k = 0; k < places.length; k++) {
    const place = places[k]!
    if (Number.isInteger(place) && place >= 0 && place < size) continue
    const what = `entry ${k} of the places ${formatShape(shape)} is ${place}`
    return `${what}; they count from 0 to ${size - 1}`
  }
  return undefined
}

const checkAxis = (x: number, n: number, { axis }: GatherParams): string | undefined => {
  if (x + n > MAX_RANK) return `x and the places have more than ${MAX_RANK} axes`
  return resolveAxis(axis, x) === axis ? undefined : `x has no axis ${axis}`
}

export const gatherOp: Op = defineOp<'x' | 'n', GatherParams>({
  name: 'gather',
  operands: { x: '…', n: '…' },
  patterns: ({ axis }, { x, n }) => {
    const { own, places } = lettersOf(sizeLetters, x.length, n.length, axis)
    return { x: own.join(), n: places.join() }
  },
  line: ({ axis }, { x, n }) => {
    const { own, places, joined } = lettersOf(indexLettersWithoutN, x.length, n.length, axis)
    const k = own[axis]!
    return `${access('y', joined)} = Σ_${k} [${k} = ${access('n', places)} + 1] ${access('x', own)}`
  },
  axes: ({ axis }, { x, n }) => lettersOf(sizeLetters, x.length, n.length, axis).joined.join(),
  params: { axis: 'integer' },
  check: ({ x, n }, params) => checkAxis(x.length, n.length, params),
  values: ({ n = [] }, { x, n: shape }, { axis }) => amissAmong(n, shape, x[axis]!),
  vjp: {
    x: (g, { x, n }, { axis }) => apply(gatherInputOp, [g, n], { axis, size: x.shape[axis]! }),
    n: null,
  },
  latex: ({ x, n }) => spoken(applied('\\operatorname{gather}', x, n)),
})

/** ∂⟨g, gather(x, n)⟩/∂x: each entry of g is added where it came from. */
export const gatherInputOp: Op = defineOp<'g' | 'n', GatherInputParams>({
  name: 'gatherInput',
  operands: { g: '…', n: '…' },
  patterns: ({ axis }, { g, n }) => {
    const { places, joined } = lettersOf(sizeLetters, g.length - n.length + 1, n.length, axis)
    return { g: joined.join(), n: places.join() }
  },
  line: ({ axis }, { g, n }) => {
    const rank = g.length - n.length + 1
    const { own, places, joined } = lettersOf(indexLettersWithoutN, rank, n.length, axis)
    const sum = places.length > 0 ? `Σ_{${places.join()}} ` : ''
    const guard = `[${own[axis]} = ${access('n', places)} + 1]`
    return `${access('x', own)} = ${sum}${guard} ${access('g', joined)}`
  },
  axes: ({ axis, size }, { g, n }) =>
    lettersOf(sizeLetters, g.length - n.length + 1, n.length, axis)
      .own.with(axis, String(size))
      .join(),
  params: { axis: 'integer', size: 'integer' },
  check: ({ g, n }, params) => {
    if (!(params.size >= 1)) return `no axis has length ${params.size}`
    const rank = g.length - n.length + 1
    const part = g.slice(params.axis, params.axis + n.length)
    return part.join() === n.join()
      ? checkAxis(rank, n.length, params)
      : `g is ${formatShape(g)}, and the places are ${formatShape(n)}`
  },
  values: ({ n = [] }, { n: shape }, { size }) => amissAmong(n, shape, size),
  vjp: { g: (h, { n }, { axis }) => apply(gatherOp, [h, n], { axis }), n: null },
  latex: ({ g, n }) => spoken(applied('\\operatorname{gather}^{T}', g, n)),
})

/** n is the places' own letter here. */
function indexLettersWithoutN(count: number): string[] {
  return indexLetters(count + 1)
    .filter((letter) => letter !== 'n')
    .slice(0, count)
}

/** Options of {@link gather}. */
export interface GatherOptions {
  /** Of x, counted from 0, negative from the end. Default 0. */
  readonly axis?: number
}

/**
 * The parts of x at whole-numbered places along `axis`, counted from 0: the places' axes stand
 * where that axis was. No derivative flows to the places. A place out of range is an
 * IndexError when it is met, at run time.
 * @throws OptionError
 */
export function gather(x: Node, places: Node, options: GatherOptions = {}): Node {
  requireNode('gather', x)
  requireNode('gather', places)
  const { axis = 0 } = readOptions('gather', options, ['axis'], { dim: 'axis' })
  const resolved = resolveAxis(axis, x.shape.length)
  if (resolved === undefined) {
    throw optionError('gather', 'axis', axis, `an axis of ${JSON.stringify(x.shape)}`)
  }
  return apply(gatherOp, [x, places], { axis: resolved })
}

// The three convolutions, direct: for each filter, channel and kernel row, one pass over all rows
// of the result. One sample at a time, so that its frame stays in the cache.
import { type ConvParams, type Node, type SizedConvParams, sizeOf } from '@backprove/graph'
import { type Kernel, stretches } from '../task.ts'
import {
  type ConvGeometry,
  filterGeometry,
  forwardGeometry,
  frame,
  framedSize,
  inputGeometry,
  isFramed,
  unframe,
} from './conv-geometry.ts'
import { addTaps, dotTaps, type Rows } from './taps.ts'

const shapesOf = (items: readonly { readonly shape: readonly number[] }[]) =>
  items.map(({ shape }) => shape)
const nodeShapes = (node: Node) => [shapesOf(node.args), node.shape] as const

/** Rows of y against rows of the framed image. */
const imageRows = (g: ConvGeometry): Rows => ({
  rows: g.rows,
  columns: g.columns,
  outRow: g.columns,
  outColumn: 1,
  inRow: g.stride[0] * g.framedWidth,
  inColumn: g.stride[1],
  tapStep: g.dilation[1],
})

/** The first channel that a filter sees. */
const firstChannel = (g: ConvGeometry, filter: number): number =>
  Math.floor((filter * g.groups) / g.filters) * g.seen

/** What is done with one row of the kernel: where the row begins in w, where in the image. */
type RowWork = (sample: number, filter: number, weightAt: number, imageAt: number) => void

/** Calls `row` for every filter, channel that it sees, and row of the kernel. */
function eachKernelRow(g: ConvGeometry, sample: number, row: RowWork): void {
  const [m, n] = g.kernel
  const plane = g.framedHeight * g.framedWidth
  for (let f = 0; f < g.filters; f++) {
    const channel = firstChannel(g, f)
    for (let c = 0; c < g.seen; c++) {
      for (let u = 0; u < m; u++) {
        const weightAt = ((f * g.seen + c) * m + u) * n
        row(sample, f, weightAt, (channel + c) * plane + u * g.dilation[0] * g.framedWidth)
      }
    }
  }
}

export const conv2d: Kernel = {
  scratch: (node) => {
    const [shapes, shape] = nodeShapes(node)
    const g = forwardGeometry(node.params as ConvParams, shapes, shape)
    return isFramed(g) ? framedSize(g) : 0
  },
  bind: (step, memory) => {
    const g = forwardGeometry(step.params as ConvParams, shapesOf(step.inputs), step.output.shape)
    const { inputs, output: y, scratch } = stretches(step, memory)
    const [x, w, b] = inputs as [typeof y, typeof y, typeof y | undefined]
    const rows = imageRows(g)
    const plane = g.rows * g.columns
    const framed = isFramed(g)
    const sample = g.channels * g.height * g.width
    const image = framed ? scratch : x
    const pitch = framed ? 0 : sample
    const row: RowWork = (s, f, weightAt, at) => {
      const yAt = (s * g.filters + f) * plane
      addTaps(rows, y, yAt, image, s * pitch + at, w, weightAt, g.kernel[1])
    }
    return () => {
      if (framed) scratch.fill(0)
      for (let s = 0; s < g.samples; s++) {
        if (framed) frame(g, x, s * sample, scratch)
        for (let f = 0; f < g.filters; f++) {
          const yAt = (s * g.filters + f) * plane
          y.fill(b ? b[f]! : 0, yAt, yAt + plane)
        }
        eachKernelRow(g, s, row)
      }
    }
  },
}

/**
 * With stride 1 a row of x gathers from a framed row of y through the reversed kernel row;
 * otherwise y is scattered tap by tap.
 */
const reach = (g: ConvGeometry): number => g.dilation[1] * (g.kernel[1] - 1)
const gathers = (g: ConvGeometry): boolean => g.stride[1] === 1
const framedGradient = (g: ConvGeometry): number =>
  gathers(g) ? g.filters * g.rows * (g.columns + 2 * reach(g)) : 0

export const conv2dInput: Kernel = {
  scratch: (node) => {
    const [shapes, shape] = nodeShapes(node)
    const g = inputGeometry(node.params as SizedConvParams, shapes, shape)
    return framedSize(g) + framedGradient(g) + sizeOf(node.args[1]!.shape)
  },
  bind: (step, memory) => {
    const g = inputGeometry(
      step.params as SizedConvParams,
      shapesOf(step.inputs),
      step.output.shape,
    )
    const { inputs, output: x, scratch } = stretches(step, memory)
    const [y, w] = inputs as [typeof x, typeof x]
    const image = scratch.subarray(0, framedSize(g))
    const gradient = scratch.subarray(image.length, image.length + framedGradient(g))
    const reversed = scratch.subarray(image.length + gradient.length)
    const taps = g.kernel[1]
    const margin = reach(g)
    const pitch = g.columns + 2 * margin
    const sample = g.channels * g.height * g.width
    const gathered: Rows = {
      rows: g.rows,
      columns: g.columns + margin,
      outRow: g.stride[0] * g.framedWidth,
      outColumn: 1,
      inRow: pitch,
      inColumn: 1,
      tapStep: g.dilation[1],
    }
    const scattered: Rows = {
      ...gathered,
      columns: g.columns,
      outColumn: g.stride[1],
      inRow: g.columns,
      tapStep: 0,
    }
    const frameGradient = (from: number): void => {
      for (let row = 0; row < g.filters * g.rows; row++) {
        const into = row * pitch + margin
        for (let j = 0; j < g.columns; j++) gradient[into + j] = y[from + row * g.columns + j]!
      }
    }
    const plane = g.rows * g.columns
    const gather: RowWork = (_, f, weightAt, at) =>
      addTaps(gathered, image, at, gradient, f * g.rows * pitch, reversed, weightAt, taps)
    const scatter: RowWork = (s, f, weightAt, at) => {
      const yAt = (s * g.filters + f) * plane
      for (let v = 0; v < taps; v++) {
        addTaps(scattered, image, at + v * g.dilation[1], y, yAt, w, weightAt + v, 1)
      }
    }
    return () => {
      gradient.fill(0)
      for (let row = 0; row < w.length; row += taps) {
        for (let v = 0; v < taps; v++) reversed[row + v] = w[row + taps - 1 - v]!
      }
      for (let s = 0; s < g.samples; s++) {
        image.fill(0)
        if (gathers(g)) frameGradient(s * g.filters * plane)
        eachKernelRow(g, s, gathers(g) ? gather : scatter)
        unframe(g, image, x, s * sample)
      }
    }
  },
}

export const conv2dFilter: Kernel = {
  scratch: (node) => {
    const [shapes, shape] = nodeShapes(node)
    const g = filterGeometry(node.params as SizedConvParams, shapes, shape)
    return isFramed(g) ? framedSize(g) : 0
  },
  bind: (step, memory) => {
    const g = filterGeometry(
      step.params as SizedConvParams,
      shapesOf(step.inputs),
      step.output.shape,
    )
    const { inputs, output: w, scratch } = stretches(step, memory)
    const [x, y] = inputs as [typeof w, typeof w]
    const rows = imageRows(g)
    const plane = g.rows * g.columns
    const framed = isFramed(g)
    const sample = g.channels * g.height * g.width
    const image = framed ? scratch : x
    const pitch = framed ? 0 : sample
    const row: RowWork = (s, f, weightAt, at) => {
      const yAt = (s * g.filters + f) * plane
      dotTaps(rows, y, yAt, image, s * pitch + at, w, weightAt, g.kernel[1])
    }
    return () => {
      w.fill(0)
      if (framed) scratch.fill(0)
      for (let s = 0; s < g.samples; s++) {
        if (framed) frame(g, x, s * sample, scratch)
        eachKernelRow(g, s, row)
      }
    }
  },
}

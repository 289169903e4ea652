// Convolutions and pools of one, two and three axes, and the places of winners.
import type { OperatorCase } from './operator-cases.ts'

export const WINDOWS: readonly OperatorCase[] = [
  { op: 'ConvTranspose', of: [[1, 2, 3, 4], [2, 2, 3, 3], [2]], with: { strides: [2, 1] } },
  { op: 'Conv', of: [[1, 2, 4, 5, 4], [3, 2, 2, 3, 3], [3]], with: { pads: [1, 1, 0, 0, 1, 1] } },
  {
    op: 'Conv',
    title: 'Conv of volumes in groups, strides and dilations',
    of: [
      [2, 2, 5, 5, 5],
      [4, 1, 2, 2, 2],
    ],
    with: { group: 2, strides: [2, 1, 2], dilations: [2, 1, 1] },
  },
  { op: 'MaxPool', of: [[1, 2, 4, 5, 4]], with: { kernel_shape: [2, 3, 2], strides: [2, 1, 2] } },
  {
    op: 'AveragePool',
    of: [[1, 2, 4, 5, 4]],
    with: { kernel_shape: [2, 3, 2], pads: [1, 1, 0, 0, 1, 1], count_include_pad: 1 },
  },
  { op: 'ConvTranspose', of: [[1, 2, 2, 3, 2], [2, 2, 3, 2, 2], [2]] },
  {
    op: 'ConvTranspose',
    title: 'ConvTranspose of volumes in groups, strides, dilations and padding',
    of: [
      [2, 4, 3, 3, 2],
      [4, 1, 2, 3, 2],
    ],
    with: {
      ...{ group: 2, strides: [3, 2, 1], dilations: [2, 1, 2] },
      ...{ pads: [1, 0, 1, 2, 1, 0], output_padding: [2, 1, 0] },
    },
  },
  {
    op: 'MaxPool',
    title: 'places of winners',
    out: 2,
    of: [[2, 2, 5, 5]],
    with: { kernel_shape: [2, 3], strides: [2, 1], pads: [0, 1, 1, 0], ceil_mode: 1 },
  },
  {
    op: 'MaxPool',
    title: 'places of winners column by column',
    out: 2,
    of: [[2, 2, 4, 5]],
    with: { kernel_shape: [2, 2], dilations: [2, 2], storage_order: 1 },
  },
  {
    op: 'MaxPool',
    title: 'places of winners of a signal',
    out: 2,
    of: [[2, 2, 7]],
    with: { kernel_shape: [3], strides: [2] },
  },
]

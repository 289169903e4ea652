// The networks that people move to, as plain data: what `record.ts` records as a graph of ours and
// `torch_nets.py` as modules of PyTorch.

export type Layer =
  /** Filters of size × size, padded to keep the image's size at stride 1. */
  | ({ readonly kind: 'conv'; readonly filters: number } & Conv)
  | { readonly kind: 'batchNorm' | 'relu' | 'sigmoid' | 'means' }
  | { readonly kind: 'pool'; readonly by: 'max' | 'average' | 'l2' | 'median' }
  | { readonly kind: 'double' }
  | { readonly kind: 'dense'; readonly units: number }
  /** The sum of what two branches make; an empty one passes on what it is given. */
  | { readonly kind: 'residual'; readonly body: readonly Layer[]; readonly aside: readonly Layer[] }

interface Conv {
  readonly size: number
  readonly stride: number
  readonly groups: number
  readonly bias: boolean
}

export interface Net {
  readonly title: string
  readonly input: readonly [channels: number, height: number, width: number]
  readonly layers: readonly Layer[]
  readonly cost: 'cross-entropy' | 'squared error'
  readonly batch: number
}

const conv = (filters: number, options: Partial<Conv> = {}): Layer => ({
  kind: 'conv',
  filters,
  size: 3,
  stride: 1,
  groups: 1,
  bias: true,
  ...options,
})
const relu: Layer = { kind: 'relu' }
const dense = (units: number): Layer => ({ kind: 'dense', units })

/** A convolution, and batch normalisation in place of its bias. */
const unit = (normal: boolean, filters: number, options: Partial<Conv> = {}): Layer[] =>
  normal
    ? [conv(filters, { ...options, bias: false }), { kind: 'batchNorm' }]
    : [conv(filters, options)]

function resNet20(normal: boolean): Layer[] {
  const block = (filters: number, stride: number): Layer[] => {
    const body = [...unit(normal, filters, { stride }), relu, ...unit(normal, filters)]
    const aside = stride > 1 ? unit(normal, filters, { size: 1, stride }) : []
    return [{ kind: 'residual', body, aside }, relu]
  }
  const stage = (filters: number, stride: number): Layer[] =>
    [stride, 1, 1].flatMap((each) => block(filters, each))
  const start = [...unit(normal, 16), relu]
  return [...start, ...stage(16, 1), ...stage(32, 2), ...stage(64, 2), { kind: 'means' }, dense(10)]
}

const pool = (by: 'max' | 'average' | 'l2' | 'median'): Layer => ({ kind: 'pool', by })
const vgg = [64, 128, 256].flatMap((n) => [conv(n), relu, conv(n), relu, pool('max')])

const separable = (channels: number, filters: number, stride: number): Layer[] => [
  ...unit(true, channels, { groups: channels, stride }),
  relu,
  ...unit(true, filters, { size: 1 }),
  relu,
]
const mobile: Layer[] = [
  ...unit(true, 32),
  relu,
  ...separable(32, 64, 1),
  ...separable(64, 128, 2),
  ...separable(128, 128, 1),
  ...separable(128, 256, 2),
  ...separable(256, 256, 1),
  { kind: 'means' },
  dense(10),
]

const autoencoder: Layer[] = [
  ...[conv(16, { stride: 2 }), relu, conv(32, { stride: 2 }), relu, { kind: 'double' } as const],
  ...[conv(16), relu, { kind: 'double' } as const, conv(1), { kind: 'sigmoid' } as const],
]
const pooled = (by: 'average' | 'l2' | 'median'): Layer[] => [
  ...[conv(16), relu, pool(by), conv(32), relu, pool(by), dense(10)],
]

const colour = [3, 32, 32] as const
const grey = [1, 28, 28] as const
const net = (title: string, input: Net['input'], batch: number, layers: readonly Layer[]): Net => {
  return { title, input, layers, cost: 'cross-entropy', batch }
}

export const nets = {
  resnet20: net('ResNet-20', colour, 32, resNet20(false)),
  resnet20x1: net('ResNet-20, one image', colour, 1, resNet20(false)),
  resnet20bn: net('ResNet-20 with batch norm', colour, 32, resNet20(true)),
  vgg: net('VGG 64-128-256', colour, 16, vgg.concat(dense(10))),
  mobile: net('depthwise-separable, batch norm', colour, 32, mobile),
  autoencoder: { ...net('autoencoder', grey, 64, autoencoder), cost: 'squared error' },
  mlp64: net('MLP 784-512-256-10', grey, 64, [dense(512), relu, dense(256), relu, dense(10)]),
  mlp512: net('MLP 784-512-256-10', grey, 512, [dense(512), relu, dense(256), relu, dense(10)]),
  average: net('average pooling', grey, 64, pooled('average')),
  l2: net('L2 pooling', grey, 64, pooled('l2')),
  median: net('median pooling', grey, 64, pooled('median')),
} satisfies Record<string, Net>

export type NetName = keyof typeof nets

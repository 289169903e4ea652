// A net that nobody reads at once: 34 residual blocks, some 2,100 nodes with its gradients.
import { squaredError } from '@backprove/graph'
import { batchNorm, conv, dense, type Model, network, relu, residual } from '@backprove/nn'

export function deepNet(): Model {
  const same = () => conv({ filters: 4, kernel: 3, padding: 1 })
  const block = () => residual([same(), batchNorm(), relu(), same(), batchNorm()])
  const layers = Array.from({ length: 34 }, () => [block(), relu()]).flat()
  return network({
    ...{ input: [4, 8, 8], cost: squaredError },
    layers: [...layers, dense({ units: 3 })],
  })
}

// What optimisers of other libraries do themselves, and `fit` does here.
import { withHints } from '@backprove/graph'

const FIT = 'fit(model, data, { optimizer, epochs }) takes every step'

const HINTS = {
  ...{
    step: FIT,
    minimize: FIT,
    apply_gradients: FIT,
    applyGradients: FIT,
    compute_gradients: FIT,
  },
  ...{ zero_grad: 'gradients are derived anew at each step; nothing is left to clear' },
  ...{ zeroGrad: 'gradients are derived anew at each step; nothing is left to clear' },
  ...{ state_dict: 'a checkpoint holds what it remembers: save(checkpoint, path)' },
}

export const withOptimizerHints = <T extends object>(optimizer: T): T =>
  withHints(optimizer, 'optimizer', HINTS)

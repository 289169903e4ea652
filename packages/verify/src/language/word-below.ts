// Words below a letter. A table only.

type Below = 'target' | 'prediction' | 'cost' | 'batch' | 'turned'

/**
 * Words below a letter that say which it is: the target, what is said of it, the loss, the batch;
 * above or below a kernel, that it is turned by half.
 */
export const wordsBelow: ReadonlyMap<string, Below> = new Map([
  ...['true', 'target', 'label', 'actual', 'gt'].map((word) => [word, 'target'] as const),
  ...['pred', 'predicted', 'prediction'].map((word) => [word, 'prediction'] as const),
  ...['CE', 'MSE', 'BCE', 'NLL', 'SSE', 'total', 'train', 'loss'].map(
    (word) => [word, 'cost'] as const,
  ),
  ...['B', 'batch'].map((word) => [word, 'batch'] as const),
  ...['rot180', 'ROT180', 'rot', 'rotated', 'flip', 'flipped'].map(
    (word) => [word, 'turned'] as const,
  ),
])

/** Σ_{batch}: over the examples, whose index nobody writes. */
export const examples: ReadonlySet<string> = new Set(['batch', 'examples', 'samples', 'minibatch'])

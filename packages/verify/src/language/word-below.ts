// Words below a letter. A table only.

type Below = 'target' | 'prediction' | 'cost' | 'batch'

/** Words below a letter that say which it is: the target, what is said of it, the loss, the batch. */
export const wordsBelow: ReadonlyMap<string, Below> = new Map([
  ...['true', 'target', 'label', 'actual', 'gt'].map((word) => [word, 'target'] as const),
  ...['pred', 'predicted', 'prediction'].map((word) => [word, 'prediction'] as const),
  ...['CE', 'MSE', 'BCE', 'NLL', 'SSE', 'total', 'train', 'loss'].map(
    (word) => [word, 'cost'] as const,
  ),
  ...['B', 'batch'].map((word) => [word, 'batch'] as const),
])

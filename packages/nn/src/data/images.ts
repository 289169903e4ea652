// Labelled images as plain arrays: one, a set, a batch.

/** The shape of one image: channels, height, width. */
export type ImageShape = readonly [channels: number, height: number, width: number]

/** One image: `data` is row-major [C,H,W], grey or colour values usually in 0 … 1. */
export interface Image {
  readonly shape: ImageShape
  readonly data: Float32Array
}

/**
 * N labelled images of one shape.
 *
 * `images` is one contiguous row-major array [N,C,H,W]: image i is the slice from i·C·H·W to
 * (i+1)·C·H·W. `labels[i]` is the class of image i, an integer of 0 … classes − 1.
 * `names`, where present, has a name for each class (the digits '1', '2', '3', or folder names).
 */
export interface Dataset {
  readonly images: Float32Array
  readonly labels: Uint16Array
  readonly shape: ImageShape
  readonly classes: number
  readonly names?: readonly string[]
  /**
   * Numbers that the outputs should be, [N,m] row by row, in the place of classes: regression. All
   * labels are 0 then, and `classes` is 1; `numbers` makes such a set.
   */
  readonly targets?: Float32Array
}

/**
 * A batch: `images` [B,C,H,W], `targets` one-hot [B,classes] or numbers [B,m], and where each
 * sample came from.
 */
export interface Batch {
  readonly images: Float32Array
  readonly targets: Float32Array
  readonly labels: Uint16Array
  readonly indices: Uint32Array
}

// The ready-made networks by name, each from an image's shape, the number of classes and a seed.
import type { Model } from '../model.ts'
import { bookCnn } from './book-cnn.ts'
import { type DigitNetOptions, leNet5, miniInception, miniResNet } from './digit-nets.ts'

type MakeNet = (options: Required<DigitNetOptions>) => Model

/** The book's network is made for 6×6 images of three classes, whatever it is told. */
export const nets = {
  bookCnn: ({ seed }) => bookCnn({ seed }),
  leNet5,
  miniResNet,
  miniInception,
} satisfies Record<string, MakeNet>

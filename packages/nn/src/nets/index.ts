// The ready-made networks by name, each from an image's shape, the number of classes and a seed.
import { bookCnn } from './book-cnn.ts'
import { leNet5, miniInception, miniResNet } from './digit-nets.ts'

/** The book's network is made for 6×6 images of three classes, whatever it is told. */
export const nets = { bookCnn, leNet5, miniResNet, miniInception } as const

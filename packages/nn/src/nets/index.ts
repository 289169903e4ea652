// The ready-made networks by name, each from the shape of an image, the number of classes and a seed.
import { bookCnn } from './book-cnn.ts'
import { leNet5, miniInception, miniResNet } from './digit-nets.ts'

/** The book's network is made for 6×6 images of three classes, whatever it is told. */
export const nets = { bookCnn, leNet5, miniResNet, miniInception } as const

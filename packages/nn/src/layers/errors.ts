// What a network or its training refuses, as one typed error with a sentence.

/** A network, layer or training option that makes no sense, naming the option and its value. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

// What a network or its training refuses, as one typed error with a sentence.

/** A network, layer or training option that makes no sense, naming the option and its value. */
export class NetworkError extends Error {
  override readonly name: string = 'NetworkError'
}

/** The checkpoint that training should go on from is at its last step: the model has its numbers. */
export class NothingToTrainError extends NetworkError {
  override readonly name: string = 'NothingToTrainError'
}

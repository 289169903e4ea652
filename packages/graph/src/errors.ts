// Every error of the graph: a class a program can tell apart, a sentence a person can act on.

import { captureTrace, DEEP, userLine } from './record/source-line.ts'

/** The line of user code that an error speaks of, as `file:line:column`. */
export type SourceLine = string

/** What all errors of this project have: a sentence, and the line of user code it is about. */
export class GraphProblem extends Error {
  /** What went wrong; `message` adds the line of user code. */
  readonly sentence: string
  /** The line that recorded the offending node, by default of the call under way; '' is none. */
  readonly source: SourceLine | undefined
  constructor(sentence: string, source: SourceLine | undefined = userLine(captureTrace(DEEP))) {
    super(source ? `${sentence}\n    at ${source}` : sentence)
    this.sentence = sentence
    this.source = source || undefined
  }
}

/** Operands whose shapes do not fit an op, or each other. */
export class ShapeError extends GraphProblem {
  override name = 'ShapeError'
}
/** A derivative that was asked for in a way that has no answer. */
export class GradError extends GraphProblem {
  override name = 'GradError'
}
/** Values fed at run time that are missing, unknown, or of the wrong size. */
export class FeedError extends GraphProblem {
  override name = 'FeedError'
}
/** A place in an array of places that the array they count along does not have. */
export class IndexError extends GraphProblem {
  override name = 'IndexError'
}
/** A name that is unknown, taken, or not a name. */
export class NameError extends GraphProblem {
  override name = 'NameError'
}
/** An option of an op that is out of range. */
export class OptionError extends GraphProblem {
  override name = 'OptionError'
}
/** A serialised graph that is not one. */
export class DocumentError extends GraphProblem {
  override name = 'DocumentError'
}
/** A formula for `activation` that cannot be read or recorded. */
export class FormulaError extends GraphProblem {
  override name = 'FormulaError'
}
/** An entry whose expression over the leaves would be too long to be of use. */
export class ElementError extends GraphProblem {
  override name = 'ElementError'
}

/** What an error says, without the line of user code that it may already name. */
export const sentenceOf = (error: unknown): string =>
  error instanceof GraphProblem ? error.sentence : (error as Error).message

// The small textual form of a network in a document. It reads; building a graph from the tree is
// somebody else's.
//
//   bookCnn max                      a network by its name, with its options
//   leNet5
//   sizes                            no network: formulas about whole numbers alone
//
// or one line for each array, in the letters of the formulas; # begins a comment:
//
//   x_{ij}: input 6 6                `M=6` names a size: x: input M=6 N=6
//   W: parameter 3 3
//   b: parameter 1
//   z = conv2d(x, W, stride=2, padding=[1,1]) + b
//   a = sigmoid(z)
//   C = squaredError(a, t)           the last line is the cost, unless `cost: name` says otherwise

import { ClaimError } from '../language/syntax.ts'
import { statementsIn } from './network/blocks.ts'
import { plainly } from './network/layers/pasted.ts'
import { networkLimits } from './network/limits.ts'
import type { NetworkText } from './network/lines.ts'
import { linesOf } from './network/program.ts'

const namedLine = /^\s*(bookCnn|leNet5|sizes)((?:\s+[A-Za-z][A-Za-z\d]*)*)\s*$/

/** a .* b, a .^ 2, and lines that end with a semicolon. */
const matlab = /\.[*^]|;[ \t]*$/m

/**
 * Reads the text of a ```network block, line by line.
 * @throws ClaimError for what it cannot read, with its place
 */
export const readNetwork = (text: string): NetworkText => {
  const span = { start: 0, end: text.length }
  if (text.length > networkLimits.characters)
    throw new ClaimError(`A network has at most ${networkLimits.characters} characters`, span)
  const statements = statementsIn(plainly(text))
  const [first, second] = statements
  if (!first) throw new ClaimError('The network is empty', span)
  const tooMany = () => new ClaimError(`A network has at most ${networkLimits.lines} lines`, span)
  if (statements.length > networkLimits.lines) throw tooMany()
  const named = namedLine.exec(first.text)
  if (!named) {
    const lines = linesOf(statements, matlab.test(text))
    if (lines.length > networkLimits.lines) throw tooMany()
    return { kind: 'lines', lines, span }
  }
  if (second)
    throw new ClaimError('Nothing follows the name of a network', {
      start: second.start,
      end: second.start + second.text.length,
    })
  return { kind: 'named', name: named[1]!, options: named[2]!.split(/\s+/).filter(Boolean), span }
}

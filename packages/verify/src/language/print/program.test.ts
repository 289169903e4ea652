// Lines of programs are printed as Python reads them: what is read back is what was printed.
import { expect, it } from 'vitest'
import { parseClaim } from '../read/claim.ts'
import { spellingOf } from '../walk.ts'
import { programText } from './program.ts'

const withoutSpans = (node: object): string =>
  spellingOf(node).replaceAll(/"span":\{[^}]*\},?/g, '')

it.each([
  ['dZ = (Z > 0) * (dA @ W.T)', 'dZ = (Z > 0) * (dA @ W.T)'],
  ['dZ = dA @ W.T * (Z > 0)', 'dZ = (dA @ W.T) * (Z > 0)'],
  ['dW = (A @ B).T', 'dW = (A @ B).T'],
  ['dW = A @ (B @ C)', 'dW = A @ (B @ C)'],
  ['dW = A @ B @ C', 'dW = A @ B @ C'],
  ['dW = (A @ B)**2', 'dW = (A @ B)**2'],
  ['dW = A / (B @ C)', 'dW = A / (B @ C)'],
  ['dW = A * B.T * 2', 'dW = A * B.T * 2'],
  ['dW = X.T @ (A * B)', 'dW = X.T @ (A * B)'],
])('%s', (line, printed) => {
  const claim = parseClaim(line)
  const text = claim.operands.map(programText).join(' = ')
  expect(text).toBe(printed)
  expect(withoutSpans(parseClaim(text).operands)).toBe(withoutSpans(claim.operands))
})

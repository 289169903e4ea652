// Equal sums of terms as data, with the steps that make them equal: read back, and checked by the
// moves of the checker, which shares no code with the prover.

import { type Check, checkSteps } from '../certificate/check.ts'
import { demandForm } from '../certificate/form.ts'
import type { PlainPolynomial } from '../certificate/grammar.ts'
import {
  demand,
  Rejected,
  readId,
  readInteger,
  readPoly,
  variablesIn,
} from '../certificate/polynomials.ts'
import {
  type CheckedContext,
  type CheckedTerm,
  isConstant,
  readScoped,
} from '../certificate/sums.ts'
import type { Certificate, PlainContext, PlainTerm } from './plain.ts'

const allKinds = ['size', 'parameter', 'free'] as const

const readContext = (plain: PlainContext): CheckedContext => {
  const kinds = new Map(plain.variables.map(({ id, kind }) => [readId(id), kind]))
  const shapes = new Map(plain.arrays.map(({ id, shape }) => [readId(id), shape.map(readPoly)]))
  const unique = kinds.size === plain.variables.length && shapes.size === plain.arrays.length
  demand(unique, 'a variable or an array is declared twice')
  for (const kind of kinds.values()) demand(allKinds.includes(kind), 'no such kind')
  const context = { kinds, shapes, constraints: plain.constraints.map(readPoly) }
  for (const id of [...shapes.values()].flat().flatMap((p) => [...variablesIn(p)])) {
    demand(isConstant(context, id), 'the shape of an array depends on an index')
  }
  for (const id of context.constraints.flatMap((p) => [...variablesIn(p)])) {
    demand(kinds.has(id), 'a constraint on an unknown variable')
  }
  return context
}

const readTerm = (plain: PlainTerm, context: CheckedContext, sign: 1n | -1n): CheckedTerm => {
  const bound = new Set(plain.bound.map(readId))
  demand(bound.size === plain.bound.length, 'a variable bound twice')
  for (const id of bound) demand(!context.kinds.has(id), 'a bound variable is one of the context')
  const powers = new Map(plain.powers)
  demand(powers.size === plain.powers.length, 'a power given twice')
  for (const [id, exponent] of powers) {
    const allowed = exponent > 0 ? isConstant(context, id) : context.kinds.get(id) === 'size'
    demand(allowed && Number.isSafeInteger(exponent) && exponent !== 0, 'not a power of a size')
  }
  const read = (p: PlainPolynomial) => readScoped(p, context, bound)
  const denominator = readInteger(plain.coefficient[1])
  demand(denominator > 0n, 'a denominator that is not positive')
  return {
    coefficient: [sign * readInteger(plain.coefficient[0]), denominator],
    powers,
    bound,
    accesses: plain.accesses.map(({ array, index }) => {
      demand(context.shapes.get(array)?.length === index.length, 'an access of the wrong rank')
      return { array, index: index.map(read) }
    }),
    guards: plain.guards.map(read),
    equations: plain.equations.map(read),
  }
}

/** Whether the certificate proves left = right under the context. Never throws. */
export const checkCertificate = (
  left: readonly PlainTerm[],
  right: readonly PlainTerm[],
  context: PlainContext,
  certificate: Certificate,
): Check => {
  try {
    demandForm('step*', certificate.steps)
    const given = readContext(context)
    const terms = [
      ...left.map((t) => readTerm(t, given, 1n)),
      ...right.map((t) => readTerm(t, given, -1n)),
    ]
    checkSteps(terms, given, certificate.steps)
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: error instanceof Rejected ? error.message : `malformed: ${error}` }
  }
}

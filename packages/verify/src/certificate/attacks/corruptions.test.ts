// Corruptions that each break a proof for a reason of their own: every one must be rejected. The
// statements of the second table are false, which brute force says and not the prover.

import { describe, expect, test } from 'vitest'
import { createBudget } from '../../arithmetic/budget.ts'
import { checkCertificate } from '../../index-terms/checked.ts'
import { decideStatement, findWitness } from '../../index-terms/fixtures/decide.fixture.ts'
import { randomPair, seededRandom } from '../../index-terms/fixtures/random.fixture.ts'
import type { Certificate } from '../../index-terms/plain.ts'
import { plainStatement } from '../../index-terms/plain.ts'
import type { PlainPolynomial, Proof, Step } from '../grammar.ts'

type Statement = ReturnType<typeof plainStatement>
type Move<K extends Step['move']> = Extract<Step, { move: K }>

const check = ({ left, right, context }: Statement, certificate: Certificate) =>
  checkCertificate(left, right, context, certificate)

const plusOne = (p: PlainPolynomial): PlainPolynomial => [...p, { coefficient: '1', variables: [] }]

/** One proof of a step made worse. */
const worse = <S extends Step>(step: S, change: (proof: Proof) => Proof): S => {
  if ('proofs' in step) return { ...step, proofs: step.proofs.with(0, change(step.proofs[0]!)) }
  return 'proof' in step ? { ...step, proof: change(step.proof) } : step
}
const needsProof = (step: Step) => 'proofs' in step || 'proof' in step

interface Corruption {
  readonly fits: (step: Step) => boolean
  readonly change: (step: never, statement: Statement) => Step | undefined
}
const of =
  <K extends Step['move']>(...moves: K[]) =>
  (change: (step: Move<K>, statement: Statement) => Step | undefined): Corruption => ({
    fits: ({ move }) => (moves as string[]).includes(move),
    change,
  })
const ofProofs = (change: (proof: Proof) => Proof): Corruption => ({
  fits: needsProof,
  change: (step: Step) => worse(step, change),
})
const inLastLine = (change: (line: Proof[number]) => Proof[number]) => (proof: Proof) =>
  proof.with(-1, change(proof.at(-1)!))

/** A step of a true statement changed; undefined: left out. */
const corruptions: Readonly<Record<string, Corruption>> = {
  'a merge is left out': of('merge')(() => undefined),
  'a term is merged into itself': of('merge')((step) => ({ ...step, into: step.term })),
  'a term is merged into itself by another name': of('merge')((step) => {
    return { ...step, into: `${step.term}` as unknown as number }
  }),
  'a matrix that is not unimodular': of('change')((step) => {
    const [first, ...rest] = step.forward as [(typeof step.forward)[number]]
    return { ...step, forward: [{ ...first, is: [...first.is, ...first.is] }, ...rest] }
  }),
  'an inverse shifted by one': of('change')((step) => {
    const [first, ...rest] = step.inverse as [(typeof step.inverse)[number]]
    return { ...step, inverse: [{ ...first, is: plusOne(first.is) }, ...rest] }
  }),
  'a change of fewer variables': of('change')((step) => ({
    ...step,
    forward: step.forward.slice(1),
  })),
  'a pivot that is not bound': of('eliminate')((step, { context }) => {
    return { ...step, variable: context.variables[0]!.id }
  }),
  'an equation that is not there': of('eliminate')((step) => ({ ...step, equation: 99 })),
  'an implied guard without a proof': of(
    'drop',
    'insert',
    'reindex',
  )((step) => {
    return { ...step, proofs: [] }
  }),
  'an equation of which one half is proved': of(
    'insert',
    'drop',
    'reindex',
  )((step) => {
    return { ...step, proofs: step.proofs.length === 2 ? step.proofs.slice(0, 1) : [] }
  }),
  'a wrong count': of('count')((step) => ({ ...step, length: plusOne(step.length) })),
  'an interval between one guard': of(
    'count',
    'quotient',
  )((step) => {
    return { ...step, upper: step.lower }
  }),
  'a split left out': of('split')(() => undefined),
  'a proof of nothing': ofProofs(() => []),
  'a divisor of 0': ofProofs(inLastLine((line) => ({ ...line, divisor: '0' }))),
  'a negative divisor': ofProofs(inLastLine((line) => ({ ...line, divisor: '-1' }))),
  'a proof whose last line is empty': ofProofs(inLastLine((line) => ({ ...line, sum: [] }))),
  'a line that refers to itself': ofProofs((proof) =>
    inLastLine((line) => ({
      ...line,
      sum: [{ of: { from: 'line', index: proof.length - 1 }, multiplier: '1', factors: [] }],
    }))(proof),
  ),
  'a factor that may be negative': ofProofs(
    inLastLine((line) => ({
      ...line,
      sum: line.sum.map((part) => ({ ...part, factors: [{ variable: 1e6, less: 0 as const }] })),
    })),
  ),
}

interface Proved {
  readonly statement: Statement
  readonly certificate: Certificate
  readonly seed: number
}

const proved = (count: number): Proved[] => {
  const found: Proved[] = []
  for (let seed = 20_000; found.length < count; seed++) {
    const pair = randomPair(seededRandom(seed))
    const budget = createBudget({ operations: 20_000 })
    const decision = decideStatement({ ...pair, index: [] }, budget)
    if (decision.verdict !== 'proved' || decision.certificate.steps.length === 0) continue
    found.push({ statement: decision.plain, certificate: decision.certificate, seed })
  }
  return found
}

describe('corruptions that break a proof are rejected', () => {
  const random = seededRandom(23)
  const proofs = proved(220)

  test('in the steps', () => {
    const counts: Record<string, number> = {}
    for (const [name, { fits, change }] of Object.entries(corruptions)) {
      const places = proofs.flatMap((proof) =>
        proof.certificate.steps.flatMap((step, at) => (fits(step) ? [{ proof, at }] : [])),
      )
      counts[name] = Math.min(48, places.length)
      for (let k = 0; k < counts[name]; k++) {
        const { proof, at } = places[Math.floor((k * places.length) / counts[name])]!
        const { certificate, statement, seed } = proof
        const step = change(certificate.steps[at] as never, statement)
        const steps = certificate.steps.toSpliced(at, 1, ...(step ? [step] : []))
        expect(check(statement, { steps }), `${name}, seed ${seed}`).toMatchObject({ ok: false })
      }
    }
    const total = Object.values(counts).reduce((a, b) => a + b, 0)
    console.log(`${total} corrupted steps rejected: ${JSON.stringify(counts)}`)
    expect(total).toBeGreaterThan(700)
    expect(Object.values(counts).filter((n) => n === 0)).toEqual([])
  })

  test('in the statement, where brute force says that it is false now', () => {
    let rejected = 0
    for (const { certificate, seed } of proofs) {
      const pair = randomPair(seededRandom(seed))
      const lie = { ...pair, right: pair.mutant }
      const draw = () => BigInt(random.below(997))
      if (pair.mutant.length === 0 || !findWitness(lie, 2, draw)) continue
      const statement = plainStatement(lie.left, lie.right, lie.context)
      expect(check(statement, certificate).ok, `seed ${seed}`).toBe(false)
      rejected++
      // Nor does it fit with a step left out.
      for (let k = 0; k < 2; k++) {
        const steps = certificate.steps.toSpliced(random.below(certificate.steps.length), 1)
        expect(check(statement, { steps }).ok, `seed ${seed}`).toBe(false)
        rejected++
      }
    }
    console.log(`${rejected} certificates of false statements rejected`)
    expect(rejected).toBeGreaterThan(250)
  })
})

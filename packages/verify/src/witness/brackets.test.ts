// What brackets pick out is looked at on a slow machine as on a fast one, and of what nobody looked
// at nothing is said.
import { Graph, maxPool2d, mul, type Node, relu, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import {
  type Budget,
  BudgetExceeded,
  createOperations,
  type Work,
  withReserve,
} from '../arithmetic/budget.ts'
import { parseClaim } from '../language/read/claim.ts'
import { resolve } from '../language/resolve/resolve.ts'
import { networkOf } from '../network/network.ts'
import { judge } from '../verdict/judge.ts'
import { verify } from '../verify.ts'
import { unseenIn } from './brackets.ts'

const late: Budget = {
  tick: () => {
    throw new BudgetExceeded('it is late')
  },
}

const claimed = (text: string) => {
  const graph = new Graph()
  const network = networkOf(sum(relu(graph.input('x_i', [3])).as('a_i')).as('C'))
  const [instance] = resolve(parseClaim(text), network.scope)[0]!.instances
  return { network, claim: instance!.claim }
}
const unseen = (text: string, budget: Budget) => {
  const { network, claim } = claimed(text)
  return unseenIn(claim, network, budget, {})
}

const often = '[x_i > 0] x_i = a_i'
const never = '[x_i = 7][x_i = 8] x_i = 0'

/** The clock is over after so many operations, wherever they were spent. */
const lateAfter = (operations: number): Work => {
  const work = createOperations(400_000)
  let spent = 0
  const slow: Work = {
    left: () => (spent > operations ? 0 : work.left()),
    tick: (count = 1) => {
      spent += count
      if (spent > operations) throw new BudgetExceeded('it is late')
      work.tick(count)
    },
    part: () => slow,
  }
  return slow
}
const nothing = { assumptions: [], assumed: [] }

describe('a look at brackets', () => {
  it('is the same however late it is, by the work that is kept for it', () => {
    expect(unseen(often, withReserve(5000, late))).toBeUndefined()
    expect(unseen(often, createOperations(5000))).toBeUndefined()
  })

  it('says of no bracket that it was 0 where there was no look', () => {
    const said = unseen(often, late)
    expect(said).toContain('no point was looked at')
    expect(said).not.toContain('was 0')
    expect(unseen(often, withReserve(3, late))).toBe(said)
  })

  it('says what a bracket was at the points that were looked at', () => {
    expect(unseen(never, withReserve(5000, late))).toContain('was 0 at every point that was looked')
  })

  it('is had by a judge who is late after any amount of work', () => {
    const { network, claim } = claimed('[x_i > 0] e^{x_i} + [x_i ≤ 0] = e^{a_i}')
    const kinds = [50, 200, 800, 3000, 12_000].map((operations) => {
      const verdict = judge(claim, network, { ...nothing, work: lateAfter(operations) })
      return verdict.kind === 'budget' ? verdict.tried.join('; ') : verdict.kind
    })
    expect(kinds.at(-1)).toMatch(/proved|agrees/)
    expect(kinds.join()).not.toContain('a bracket')
  })

  it.each(['[x_1 ≥ 3 x_2 + 1] = 0', 'a_1 = x_1', 'max_i x_i = x_2'])(
    '%s does not agree, however soon it is late',
    (text) => {
      const { network, claim } = claimed(text)
      const kinds = Array.from({ length: 60 }, (_, k) => {
        const work = lateAfter(Math.round(20 * 1.12 ** k))
        return judge(claim, network, { ...nothing, work }).kind
      })
      expect(new Set(kinds)).toEqual(new Set(['budget', 'refuted']))
    },
  )
})

/** p pools 2 x in rows of two: what is left over at the end is in no window. */
const pooled = (height: number, width: number): Node => {
  const graph = new Graph()
  const a = mul(graph.input('x_{ij}', [1, height, width]), 2).as('a_{ij}')
  return sum(maxPool2d(a, { size: [1, 2] }).as('p_{ij}')).as('C')
}

describe('values that are equal by chance in one entry and in no other', () => {
  // p is 0 beside its entries, and a may be 0 there.
  it.each([
    ['[a_{ij} = p_{⌈i/1⌉,⌈j/2⌉}] = [a_{ij} = max]', 1, 3],
    ['[a_{ij} = max] = [a_{ij} = p_{i,⌈j/2⌉}]', 1, 5],
    ['[a_{ij} = p_{⌈i/1⌉,⌈j/2⌉}] = [a_{ij} = max]', 2, 3],
    ['[a_{ij} = p_{i,⌈j/2⌉}] [j = 5] [i = 2] = 0', 2, 5],
    ['[a_{ij} = p_{i,⌈j/2⌉}] [j = 7] = 0', 1, 7],
    ['[a_{ij} ≠ p_{i,⌈j/2⌉}] [j = 7] = [j = 7]', 1, 7],
    ['[x_{ij} = x_{i,j+1}] = 0', 1, 6],
    ['[2 x_{ij} - 6 = a_{i,j+1}] = 0', 1, 6],
  ] as const)('%s of %i×%i', (claim, height, width) => {
    expect(verify(pooled(height, width), claim).kind).toBe('refuted')
  })

  it.each([
    ['[a_{ij} = p_{⌈i/1⌉,⌈j/2⌉}] = [a_{ij} = max]', 1, 4],
    ['[a_{ij} = p_{i,⌈j/2⌉}] a_{ij} = [a_{ij} = max] p_{i,⌈j/2⌉}', 1, 3],
    ['[x_{ij} = x_{i,j+1}] (x_{ij} - x_{i,j+1}) = 0', 1, 4],
  ] as const)('%s of %i×%i', (claim, height, width) => {
    expect(['proved', 'agrees']).toContain(verify(pooled(height, width), claim).kind)
  })
})

describe('a row or a column that is 0 beside others that are not', () => {
  const matrix = (): Node => {
    const graph = new Graph()
    const y = mul(graph.input('x_{ij}', [2, 3]), 2).as('y_{ij}')
    return sum(mul(y, y)).as('C')
  }
  it.each([
    ['[Σ_k x_{kj}^2 ≠ 0] Σ_{k,l} x_{kl} = Σ_{k,l} x_{kl}', 'refuted'],
    ['[Σ_j x_{ij}^2 = 0] x_{11} = 0', 'refuted'],
    ['[Σ_j |x_{ij}| = 0] y_{21} = 0', 'refuted'],
    ['[Σ_j y_{ij}^2 = 0] x_{i1} = 0', 'agrees'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(matrix(), claim).kind).toBe(kind)
  })
})

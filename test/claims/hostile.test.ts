// Every hostile claim gets a verdict; none is thrown out of the door, and none makes memory grow.
import { expect, it } from 'vitest'
import { verify } from '../../packages/verify/src/verify.ts'
import { hostileClaims, hostileCount, victim } from './hostile.ts'

const deadline = 100

it('every hostile claim gets a verdict', () => {
  const cost = victim()
  const nodes = cost.graph.named.size
  const kinds: Record<string, number> = {}
  const thrown: string[] = []
  for (const claim of hostileClaims()) {
    try {
      const { kind } = verify(cost, claim, { deadline })
      kinds[kind] = (kinds[kind] ?? 0) + 1
    } catch (error) {
      thrown.push(`${claim.slice(0, 200)}: ${(error as Error).stack?.slice(0, 400)}`)
    }
  }
  console.log(kinds)
  expect(thrown).toEqual([])
  expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(hostileCount)
  // A claim leaves no trace in the graph that it is about.
  expect(cost.graph.named.size).toBe(nodes)
}, 240_000)

// Many seeds of one judge.
import { throwDefects } from '../../../packages/verify/src/verdict/defect.ts'
import type { Judge } from './judge/judged.ts'

/** The first `count` seeds that make a case. What is thrown is a wrong verdict too. */
export const bruteForce = (judge: Judge, count: number, first: number) => {
  throwDefects()
  const counts = new Map<string, number>()
  const wrong: string[] = []
  for (let [seed, done] = [first, 0]; done < count; seed++) {
    try {
      const found = judge(seed)
      if (!found) continue
      counts.set(found.outcome, (counts.get(found.outcome) ?? 0) + 1)
      if (found.wrong) wrong.push(`seed ${seed}: ${found.wrong}: ${found.shown}`)
    } catch (error) {
      wrong.push(`seed ${seed}: ${(error as Error).stack}`)
    }
    done++
  }
  const outcomes = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, n]) => `${k}: ${n}`)
  return { outcomes, wrong }
}

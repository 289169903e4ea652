// A definition brings its own indices: Σ_j in what D_i is runs over no j of where D_i stands.

import { namesIn } from '../names-in.ts'
import { letterOf } from '../resolve/context.ts'
import type { Expression } from '../syntax.ts'
import { mapped } from '../walk.ts'

type Reduction = Extract<Expression, { kind: 'reduction' }>

const renamed = (sum: Reduction, taken: ReadonlySet<string>): Reduction => {
  const used = new Set([...taken, ...namesIn(sum).map(letterOf)])
  return sum.binders.reduce((node, { name: letter }) => {
    if (!taken.has(letter)) return node
    const [base] = letter
    let primes = letter.length
    while (used.has(base + "'".repeat(primes))) primes++
    const fresh = base + "'".repeat(primes)
    used.add(fresh)
    const inside = mapped(node, (each) => {
      const name = each as Expression
      const isIt = name.kind === 'name' && !name.subscript && letterOf(name) === letter
      return isIt ? { ...name, primes } : undefined
    })
    const binders = inside.binders.map((binder) =>
      binder.name === letter ? { ...binder, name: fresh } : binder,
    )
    return { ...inside, binders }
  }, sum)
}

/** What a sum binds is called otherwise where the letter is taken; inner sums first. */
export const withOwnLetters = (value: Expression, taken: ReadonlySet<string>): Expression =>
  mapped(value, (each) => {
    const sum = each as Expression
    if (sum.kind !== 'reduction') return undefined
    return renamed({ ...sum, body: withOwnLetters(sum.body, taken) }, taken)
  })

// A definition brings its own indices: Σ_j in what D_i is runs over no j of where D_i stands.
import type { Expression, Name } from '../syntax.ts'
import { mapped } from '../walk.ts'

type Reduction = Extract<Expression, { kind: 'reduction' }>

const letterOf = ({ base, primes }: Name): string => base + "'".repeat(primes)

const lettersIn = (node: unknown): string[] => {
  if (node === null || typeof node !== 'object') return []
  const own = (node as { kind?: string }).kind === 'name' ? [letterOf(node as Name)] : []
  return [...own, ...Object.values(node).flatMap(lettersIn)]
}

const renamed = (sum: Reduction, taken: ReadonlySet<string>): Reduction => {
  const used = new Set([...taken, ...lettersIn(sum)])
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

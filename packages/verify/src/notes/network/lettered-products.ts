// Σ_j W_{ij} x_j as the product of arrays that it is: what follows, W^T δ, is about products.
import { type Node, transpose } from '@backprove/graph'
import { product } from './operations.ts'

/** An array whose axes have letters, in order. */
export interface Lettered {
  readonly node: Node
  readonly letters: readonly string[]
}

export const isLettered = (value: unknown): value is Lettered =>
  typeof value === 'object' && value !== null && 'letters' in value

/** What two arrays make, by their letters: * is the one of the sum, p and q are others. */
const products: Readonly<Record<string, (a: Node, b: Node) => Node>> = {
  '* *': product,
  'p* *': product,
  '*p *': (a, b) => product(transpose(a), b),
  'p* *q': product,
  'p* q*': (a, b) => product(a, transpose(b)),
  '*p *q': (a, b) => product(transpose(a), b),
}

/** @returns undefined where it is none of two arrays */
export const asProduct = (factors: readonly unknown[], letter: string): Lettered | undefined => {
  const [a, b, ...others] = factors
  if (!isLettered(a) || !isLettered(b) || others.length > 0) return undefined
  const isFirst = a.letters.length > b.letters.length || a.letters.length === b.letters.length
  // Σ_i δ_{ij} W_{ki}: the second stands on the left.
  for (const [left, right] of isFirst ? [[a, b] as const, [b, a] as const] : [[b, a] as const]) {
    const free = [...left.letters, ...right.letters].filter((each) => each !== letter)
    if (new Set(free).size < free.length) return undefined
    const spelled = (letters: readonly string[], own: string) =>
      letters.map((each) => (each === letter ? '*' : own)).join('')
    const key = `${spelled(left.letters, 'p')} ${spelled(right.letters, 'q')}`
    const make = Object.hasOwn(products, key) ? products[key] : undefined
    if (make) return { node: make(left.node, right.node), letters: free }
  }
  return undefined
}

// What other libraries have and is written otherwise here: such a call, or such a property read, is
// an error that says how. Types know of none of them.
import { OptionError } from './errors.ts'

/** By the name of the method, what is written here instead. */
export type Hints = Readonly<Record<string, string>>

/**
 * The same object or prototype, with methods that only throw; they are not listed, and no data.
 * What it has of its own stays.
 */
export function withHints<T extends object>(owner: T, what: string, hints: Hints): T {
  for (const [name, hint] of Object.entries(hints)) {
    if (name in owner) continue
    const value = refusal(`${what}.${name}: ${hint}`)
    Object.defineProperty(owner, name, { value, configurable: true, writable: true })
  }
  return owner
}

const refusal = (sentence: string) => (): never => {
  throw new OptionError(sentence)
}

/** Likewise with properties, which throw when they are read or set. */
export function withoutProperties<T extends object>(owner: T, what: string, hints: Hints): T {
  for (const [name, hint] of Object.entries(hints)) {
    if (name in owner) continue
    const entry = /^\d/.test(name) ? `[${name}]` : `.${name}`
    const refuse = refusal(`${what}${entry}: ${hint}`)
    Object.defineProperty(owner, name, { get: refuse, set: refuse, configurable: true })
  }
  return owner
}

/** Many methods with one hint. */
export const all = (names: string, hint: string): Hints =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, hint]))

export const VALUES = 'evaluate(node, feeds) gives values'
export const derivative = 'derivatives are nodes: grad(cost, wrt)'
const SHAPE = 'node.shape says how long each axis is'

/** What tensors of other libraries have as properties. */
export const NODE_PROPERTIES: Hints = {
  ...all('data value values', VALUES),
  ...all('grad', derivative),
  ...all('requires_grad requiresGrad', 'what is derived by is said where it is: grad(cost, wrt)'),
  ...all('T mT', 'transpose(node) is one'),
  ...{ dtype: 'a node has none; compile(outputs, { dtype }) chooses' },
  ...{ device: 'a node is on none; compile(outputs, { backend }) chooses' },
  ...{ ndim: 'node.shape.length says how many axes there are', rank: 'node.shape.length says it' },
  ...all('length size dim numel', SHAPE),
  ...all('0 1 2 3', 'slice(node, { start, end }) is a part, gather(node, places) are several'),
}

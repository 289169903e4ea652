// What other libraries have as methods and is written otherwise here: such a call is an error that
// says how. Types know of none of them.
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

const OPS = `add sub mul div neg abs exp log sqrt square pow matmul dot sum mean max min relu
  sigmoid tanh softmax reshape flatten transpose view plus minus times multiply
  squeeze expandDims split tile roll gather norm std variance prod clamp mm bmm cat concat slice
  stack repeat pad flip where einsum sin cos sign erf argmax cumsum masked_fill add_ mul_ relu_`

/** Many methods with one hint. */
const all = (names: string, hint: string): Hints =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, hint]))

const VALUES = 'evaluate(node, feeds) gives values'
const derivative = 'derivatives are nodes: grad(cost, wrt)'
const GONE = 'nothing is disposed of by hand; what nobody holds is garbage-collected'
const SHAPE = 'node.shape says how long each axis is'

export const NODE_HINTS: Hints = {
  ...all(OPS, 'ops are functions of nodes, such as add(node, other)'),
  ...all(
    'item numpy eval evaluate array tolist toArray dataSync arraySync print get at map forEach',
    VALUES,
  ),
  ...{ unsqueeze: 'expandDims(node, { axis }) adds an axis' },
  ...all('t', 'transpose(node) is one'),
  ...{ permute: 'transpose(node, { axes }) moves axes' },
  ...{ chunk: 'split(node, { parts }) gives parts' },
  ...{ detach: 'stopGradient(node) is passed by no gradient' },
  ...all('clone cpu cuda to', 'a node holds no values, so that there is nothing to move'),
  ...all('backward retain_grad requires_grad_', derivative),
  ...all('float half double astype', 'compile(outputs, { dtype }) chooses'),
  ...all('dispose delete', GONE),
}

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

export const GRAPH_HINTS: Hints = {
  ...all('grad gradients backward', derivative),
  ...all('run evaluate compile', 'evaluate(node, feeds) computes, compile([node]) makes it fast'),
  ...all('variable placeholder', 'input(name, shape) is fed, parameter(name, shape) is trained'),
  ...all('tensor array scalar', 'constant(numbers) holds them'),
  ...all('nodes get', 'graph.node(name) is one, graph.named are all that have names'),
  ...all(OPS, 'ops are functions of nodes, such as add(node, other)'),
  ...all('dispose delete clear reset', GONE),
}

/** Of the class itself. */
export const NEW_GRAPH_HINTS: Hints = {
  ...{ fromJSON: 'graphFromJSON(document) reads one' },
  ...all('input parameter constant', 'new Graph() has it: const graph = new Graph()'),
}

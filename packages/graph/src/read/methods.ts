// What other libraries have as methods of tensors and graphs. A page does without: there such a
// call is an error all the same, for there is no such method.
import { all, derivative, type Hints, VALUES, withHints } from '../elsewhere.ts'
import { Graph } from '../record/graph.ts'
import { Node } from '../record/node.ts'

const OPS = `add sub mul div neg abs exp log sqrt square pow matmul dot sum mean max min relu
  sigmoid tanh softmax reshape flatten transpose view plus minus times multiply
  squeeze expandDims split tile roll gather norm std variance prod clamp mm bmm cat concat slice
  stack repeat pad flip where einsum sin cos sign erf argmax cumsum masked_fill add_ mul_ relu_`

const GONE = 'nothing is disposed of by hand; what nobody holds is garbage-collected'

const NODE_HINTS: Hints = {
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

const GRAPH_HINTS: Hints = {
  ...all('grad gradients backward', derivative),
  ...all('run evaluate compile', 'evaluate(node, feeds) computes, compile([node]) makes it fast'),
  ...all('variable placeholder', 'input(name, shape) is fed, parameter(name, shape) is trained'),
  ...all('tensor array scalar', 'constant(numbers) holds them'),
  ...all('nodes get', 'graph.node(name) is one, graph.named are all that have names'),
  ...all(OPS, 'ops are functions of nodes, such as add(node, other)'),
  ...all('dispose delete clear reset', GONE),
}

/** Of the class itself. */
const NEW_GRAPH_HINTS: Hints = {
  ...{ fromJSON: 'graphFromJSON(document) reads one' },
  ...all('input parameter constant', 'new Graph() has it: const graph = new Graph()'),
}

export function hintAtMethods(): void {
  withHints(Node.prototype, 'node', NODE_HINTS)
  withHints(Graph.prototype, 'graph', GRAPH_HINTS)
  withHints(Graph, 'Graph', NEW_GRAPH_HINTS)
}

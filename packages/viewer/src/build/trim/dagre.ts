// Of dagre a page has the layout of a plain graph: without groups of nodes, labels and loops on
// edges, other directions, the algorithms on graphs, and graphs as JSON.
import { properties, replaced } from './statements.ts'

const READ = new Set(['Graph'])

/** `export` of several names, as dagre's bundler writes it: f(names, { a: () => x, b: () => y }). */
const NAMESPACE = /\b[\w$]+\([\w$]+,\{((?:\w+:\(\)=>[\w$]+,?)+)\}\);/g

/** Stages that leave a plain graph, drawn from top to bottom, as it is. */
const STAGES = [
  ...['removeSelfEdges', 'insertSelfEdges', 'positionSelfEdges'],
  ...['injectEdgeLabelProxies', 'removeEdgeLabelProxies', 'fixupEdgeLabelCoords'],
  ...['assignRankMinMax', 'parentDummyChains', 'addBorderSegments', 'removeBorderNodes'],
  ...['adjustCoordinateSystem', 'undoCoordinateSystem'],
  ...['nestingGraph\\.run', 'nestingGraph\\.cleanup', 'removeEmptyRanks'],
]

/** Groups with a direction of their own: laid out before, and put back after. */
const BEFORE = /let r=e\.nodes\(\)\.filter\(b=>e\.children\(b\)\.length\),o=\{\};.*?let m=/s
const AFTER = /,g\.forEach\(b=>\{let p=b\.indexOf\("\\0"\).*?delete p\._dagreClusterSubgraph\}\}\)/s

/** Other ways to turn edges around, and to rank: exact ones take seconds, and are left out. */
const WAYS = [
  /\w\.graph\(\)\.acyclicer==="greedy"\?\w+\(\w,\w\(\w\)\):/,
  /case"network-simplex":\w+\(\w\);break;case"tight-tree":\w+\(\w\);break;/,
  /case"none":break;default:\w+\(\w\)/,
  /var\{preorder:\w+,postorder:\w+\}=\w+,\w+=(\w+);(?:\1\.\w+=\w+;)+/,
]

/** Methods of a graph that nobody calls. */
const UNASKED = /^(?:filterNodes|setPath|setNodes|isLeaf|edgeCount|setDefaultEdgeLabel)$/

/** @throws Error where dagre is not of the form that is known */
export function layoutOf(dagre: string): string {
  let found = 0
  const named = dagre.replaceAll(NAMESPACE, (all: string, names: string) => {
    found++
    const kept = names.split(',').filter((each) => READ.has(each.split(':')[0]!))
    return all.replace(names, kept.join(','))
  })
  if (found !== 3) throw new Error(`dagre has changed: ${found} sets of names, not 3`)
  const staged = STAGES.reduce(
    (text, stage) =>
      replaced('dagre', text, new RegExp(`,\\w+\\("\\s*${stage}",\\(\\)=>\\w+\\([^()]*\\)\\)`), ''),
    // One of them is the first of its list.
    named.replace('return n("    removeBorderNodes"', 'return 0,n("    removeBorderNodes"'),
  )
  const short = WAYS.reduce((text, way) => replaced('dagre', text, way, ''), staged)
  const plain = replaced('dagre', replaced('dagre', short, BEFORE, 'let m='), AFTER, '')
  return properties(UNASKED, plain, (name) => `${name}() {}`)
}

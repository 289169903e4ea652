// What is true of whole arrays, laws that keep their value, and the least damages.

import { array, node, scale, star, type Tree } from './draw/array-trees.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'

const [x, W, z, delta, b, t] = ['x', 'W', 'z', 'δ', 'b', 't'].map(array) as [
  Tree,
  Tree,
  Tree,
  Tree,
  Tree,
  Tree,
]
const [A, B, y, dy] = ['A', 'B', 'y', '∂C/∂y'].map(array) as [Tree, Tree, Tree, Tree]

export const truths: Readonly<Record<string, (plan: Plan) => readonly (readonly [Tree, Tree])[]>> =
  {
    plane: ({ parameters: { padding, flipped }, activation }) => {
      const [mode, back] = (
        [
          ['valid', 'full'],
          ['full', 'valid'],
          ['same', 'same'],
        ] as const
      )[padding!]!
      const turns = flipped === 1
      const found: (readonly [Tree, Tree])[] = [
        [z, star(x, mode, W, turns)],
        [array('∂C/∂x'), star(delta, back, W, !turns)],
      ]
      if (mode === 'valid') {
        const gradient = star(x, 'valid', delta)
        found.push([array('∂C/∂W'), turns ? node('rot180', gradient) : gradient])
      }
      if (activation === 'none') found.push([delta, node('minus', z, t)])
      if (activation === 'sigmoid') found.push([array('a'), node('σ', z)])
      return found
    },
    dense: () => [
      [z, node('plus', node('matrix', W, x), b)],
      [array('∂C/∂W'), node('outer', delta, x)],
      [array('∂C/∂x'), node('matrix', node('transpose', W), delta)],
    ],
    matrices: () => [
      [y, node('matrix', A, B)],
      [array('∂C/∂A'), node('matrix', dy, node('transpose', B))],
      [array('∂C/∂B'), node('matrix', node('transpose', A), dy)],
    ],
  }

type Law = (random: Random, e: Tree) => Tree | undefined
const is = (e: Tree | undefined, ...kinds: readonly Tree['kind'][]): boolean =>
  e !== undefined && kinds.includes(e.kind)

export const laws: readonly Law[] = [
  (_, e) =>
    is(e, 'star') && e.mode !== 'same'
      ? star(e.of[0]!, e.mode!, node('rot180', e.of[1]!), !e.turned)
      : undefined,
  (_, e) =>
    is(e, 'star') ? star(e.of[0]!, e.mode!, node('rot180', e.of[1]!), !e.turned) : undefined,
  (_, e) =>
    is(e, 'star') && e.mode === 'full' && e.turned
      ? star(e.of[1]!, 'full', e.of[0]!, true)
      : undefined,
  (_, e) =>
    is(e, 'star') && e.mode === 'full' && !e.turned
      ? node('rot180', star(e.of[1]!, 'full', e.of[0]!))
      : undefined,
  (_, e) =>
    is(e, 'star')
      ? node('rot180', star(node('rot180', e.of[0]!), e.mode!, node('rot180', e.of[1]!), e.turned))
      : undefined,
  (_, e) =>
    is(e, 'star')
      ? node(
          'transpose',
          star(node('transpose', e.of[0]!), e.mode!, node('transpose', e.of[1]!), e.turned),
        )
      : undefined,
  (_, e) =>
    is(e, 'matrix') && is(e.of[0]!, 'matrix')
      ? node('matrix', e.of[0]!.of[0]!, node('matrix', e.of[0]!.of[1]!, e.of[1]!))
      : undefined,
  (_, e) =>
    is(e, 'transpose') && is(e.of[0]!, 'matrix')
      ? node('matrix', node('transpose', e.of[0]!.of[1]!), node('transpose', e.of[0]!.of[0]!))
      : undefined,
  (_, e) => (is(e, 'entrywise', 'plus') ? node(e.kind, e.of[1]!, e.of[0]!) : undefined),
  (_, e) => node('minus', scale([2, 1], e), e),
  (_, e) => node('plus', scale([1, 2], e), scale([1, 2], e)),
  (_, e) =>
    is(e, 'star') && is(e.of[0]!, 'plus', 'minus')
      ? node(
          e.of[0]!.kind,
          star(e.of[0]!.of[0]!, e.mode!, e.of[1]!, e.turned),
          star(e.of[0]!.of[1]!, e.mode!, e.of[1]!, e.turned),
        )
      : undefined,
  (_, e) => (is(e, 'rot180') && is(e.of[0]!, 'rot180') ? e.of[0]!.of[0]! : undefined),
  (_, e) =>
    is(e, 'matrix')
      ? node('transpose', node('matrix', node('transpose', e.of[1]!), node('transpose', e.of[0]!)))
      : undefined,
  (_, e) =>
    is(e, 'entrywise') && is(e.of[0]!, 'array')
      ? node('matrix', node('diag', e.of[0]!), e.of[1]!)
      : undefined,
  (_, e) => (is(e, 'outer') ? node('transpose', node('outer', e.of[1]!, e.of[0]!)) : undefined),
]

export const damages: readonly Law[] = [
  (random, e) =>
    is(e, 'star') ? { ...e, mode: random.pick(['valid', 'full', 'same'] as const) } : undefined,
  (_, e) => (is(e, 'star') ? { ...e, turned: !e.turned } : undefined),
  (_, e) =>
    is(e, 'star', 'matrix', 'outer', 'minus')
      ? ({ ...e, of: [e.of[1]!, e.of[0]!] } as Tree)
      : undefined,
  (_, e) => (is(e, 'rot180', 'transpose', 'σ') ? e.of[0]! : undefined),
  (_, e) => (is(e, 'array') ? node('rot180', e) : undefined),
  (_, e) => (is(e, 'array') ? node('transpose', e) : undefined),
  (random, e) => scale([random.pick([-1, 2, 3]), random.pick([1, 4])], e),
  (random, e) =>
    is(e, 'array') ? array(random.pick(['x', 'W', 'z', 'δ', 't', 'A', 'B', 'y', 'b'])) : undefined,
  (random, e) =>
    is(e, 'array') ? { kind: 'pad', by: [random.below(2), random.below(2)], of: [e] } : undefined,
  (_, e) =>
    is(e, 'plus')
      ? node('minus', e.of[0]!, e.of[1]!)
      : is(e, 'minus')
        ? node('plus', e.of[0]!, e.of[1]!)
        : undefined,
]

export const somewhere = (random: Random, e: Tree, law: Law): Tree | undefined => {
  const children: readonly Tree[] = e.of
  const own = () => law(random, e)
  if (children.length === 0 || random.chance(0.35)) {
    const changed = own()
    if (changed) return changed
  }
  const start = random.below(Math.max(1, children.length))
  for (const k of children.keys()) {
    const at = (start + k) % children.length
    const changed = somewhere(random, children[at]!, law)
    if (changed)
      return { ...e, of: children.map((each, other) => (other === at ? changed : each)) } as Tree
  }
  return own()
}

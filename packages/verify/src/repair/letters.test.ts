// A network with other letters gets the same help: the lessons and a sample of the mistakes once
// more, with every pre-activation, activation and input called by another letter.
import { Graph, type Node, parseName } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { createOperations } from '../arithmetic/budget.ts'
import { readNetwork } from '../document/network-text.ts'
import { parseFormula } from '../language/read/claim.ts'
import type { Claim, Expression } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'
import { nodesOf } from '../network/copy.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { verifyParsed } from '../verify.ts'
import { diagnoseRefuted } from './diagnose-refuted.ts'
import { lessons } from './lessons.fixture.ts'
import { mistakes } from './mistakes.fixture.ts'

const others: Readonly<Record<string, string>> = { z: 'q', a: 'r', x: 'o', Z: 'Q', A: 'R', X: 'O' }
const lettersIn = (text: string): string =>
  text.replace(/(?<![\p{L}\d])[zaxZAX](?![\p{L}\d])/gu, (letter) => others[letter]!)

/** The claim with other letters; those of functions, as in a'(z), belong to the language. */
const relettered = (claim: Claim): Claim => {
  const visit = (node: Expression): Expression =>
    mapped(node, (each) => {
      const part = each as Expression
      const isFunction = part.kind === 'application' && !part.head.superscript
      if (isFunction) return { ...part, operands: part.operands.map(visit) } satisfies Expression
      if (part.kind !== 'name') return undefined
      const inside = Object.fromEntries(
        (['superscript', 'subscript'] as const).flatMap((key) => {
          const script = part[key]
          return script ? [[key, { ...script, parts: script.parts.map(visit) }]] : []
        }),
      )
      return { ...part, ...inside, base: others[part.base] ?? part.base }
    })
  return {
    ...claim,
    operands: claim.operands.map(visit),
    where: claim.where.map((each) => ({ ...each, value: visit(each.value) })),
  }
}

/** The same network, recorded again under other names. */
const renamed = (cost: Node): Node => {
  const graph = new Graph({ ties: cost.graph.ties, reluAtZero: cost.graph.reluAtZero })
  const copies = new Map<Node, Node>()
  for (const node of nodesOf(cost)) {
    const args = node.args.map((each) => copies.get(each)!)
    const copy = graph.recordingFor(node, () => graph.record(node.op, args, node.params))
    copies.set(node, copy)
    for (const { text, bare } of node.graph.namesOf(node))
      copy.as(lettersIn(text), { literal: parseName(text).bare !== bare })
  }
  return copies.get(cost)!
}

const helpOf = (verdict: Verdict): string => {
  const judged = verdict.kind === 'holds-if' ? verdict.otherwise : verdict
  if (judged.kind !== 'refuted') return judged.kind
  const [first] = judged.diagnoses
  return first ? first.name : 'nothing'
}

/** For each claim anew, however busy the machine is. */
const options = () => ({ diagnose: diagnoseRefuted, work: createOperations(1_600_000) })

describe('with other letters the same is said first', () => {
  it.each(lessons)('$title', ({ network, rows }) => {
    const { cost, sizes } = buildNetwork(readNetwork(network))
    const other = renamed(cost)
    const said = rows.map(([wrong, name, assume]) => {
      const [claim] = parseFormula(wrong)
      const given = {
        ...options(),
        assume: assume === undefined ? [] : [lettersIn(assume)],
        ...(sizes && { sizes: sizes.map((each) => ({ ...each, array: lettersIn(each.array) })) }),
      }
      return [wrong, name, helpOf(verifyParsed(other, relettered(claim!), given))]
    })
    expect(said.filter(([, name, help]) => name !== help)).toEqual([])
  })

  const every = 97
  it('of mistakes in true formulas', () => {
    const sample = mistakes().filter((_, at) => at % every === 3)
    const said = sample.map(({ cost, claim, wrong, assume }) => {
      const given = { ...options(), assume }
      const renamedGiven = { ...options(), assume: assume.map(lettersIn) }
      return [
        wrong,
        helpOf(verifyParsed(cost(), claim, given)),
        helpOf(verifyParsed(renamed(cost()), relettered(claim), renamedGiven)),
      ]
    })
    expect(said.length).toBeGreaterThan(5)
    expect(said.filter(([, before, after]) => before !== after)).toEqual([])
  }, 300_000)

  const layer = (tag: (k: number) => string) => `
x_i: input 4
W${tag(1)}: parameter 5 4
h${tag(1)} = dense(x, W${tag(1)})
s${tag(1)} = tanh(h${tag(1)})
W${tag(2)}: parameter 3 5
h${tag(2)} = dense(s${tag(1)}, W${tag(2)})
s${tag(2)} = sigmoid(h${tag(2)})
t: input 3
C = squaredError(s${tag(2)}, t)`
  it.each([
    ['δ_2 = s_2 - t', "missing σ'", (k: number) => `_${k}`],
    ['∂C/∂h_1 = W_2^T ∂C/∂h_2', "missing σ'", (k: number) => `_${k}`],
    ['δ^{[2]} = s^{[2]} - t', "missing σ'", (k: number) => `^{[${k}]}`],
    ['δ^{[1]} = (W^{[2]})^T δ^{[2]}', "missing σ'", (k: number) => `^{[${k}]}`],
    ['∂C/∂W^{[1]} = δ^{[1]} (s^{[1]})^T', 'wrong layer tag', (k: number) => `^{[${k}]}`],
  ])('of tags below and in brackets: %s', (wrong, name, tag) => {
    const { cost } = buildNetwork(readNetwork(layer(tag)))
    const [claim] = parseFormula(wrong)
    expect(helpOf(verifyParsed(cost, claim!, options()))).toBe(name)
  })
})

// What an engine gives for a program, held against both bounds of the interpreter.
import {
  type Bounds,
  boundRules,
  evaluateBounds,
  type Node,
  topologicalOrder,
} from '@backprove/graph'
import { type Engine, engines } from '../engines.ts'
import type { FuzzProgram } from './program.ts'

/** Of the largest number on the way: each op's own accuracy is tested elsewhere. */
const TOLERANCE = { float64: 1e-6, float32: 2e-2 } as const

interface Expected {
  readonly bounds: readonly Bounds[]
  /** The largest finite number of any node. */
  readonly largest: number
}

function expected(nodes: readonly Node[], feeds: FuzzProgram['feeds'], engine: Engine): Expected {
  const order = topologicalOrder(nodes)
  const all = evaluateBounds(order, feeds, boundRules(engine.dtype, engine.withLaws))
  let largest = 1
  for (const { definite } of all) {
    for (const value of definite)
      if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  }
  return { bounds: nodes.map((node) => all[order.indexOf(node)]!), largest }
}

function isWithin({ definite, possible, open }: Bounds, at: number, got: number, slack: number) {
  if (open[at]) return true
  const value = definite[at]!
  if (Number.isNaN(got)) return Number.isNaN(possible[at])
  return got === value || Math.abs(got - value) <= slack
}

export interface Finding {
  readonly engine: string
  readonly what: string
}

/** Where an engine is outside the bounds; empty where none is. */
export function check(program: FuzzProgram, chosen: readonly Engine[] = engines): Finding[] {
  const known = new Map<string, Expected>()
  const findings: Finding[] = []
  for (const engine of chosen) {
    const { dtype, withLaws, name } = engine
    const feeds = dtype === 'float64' ? program.feeds : rounded(program.feeds)
    const key = `${dtype} ${withLaws}`
    const { bounds, largest } = known.get(key) ?? expected(program.nodes, feeds, engine)
    known.set(key, { bounds, largest })
    const smallest = dtype === 'float32' ? 2 ** -120 : 2 ** -1000
    const slack = TOLERANCE[dtype] * largest + smallest
    let made: readonly ArrayLike<number>[]
    try {
      made = engine.compute(program.nodes, feeds)
    } catch (error) {
      findings.push({ engine: name, what: String(error) })
      continue
    }
    bounds.forEach((bound, k) => {
      const got = made[k]!
      for (let at = 0; at < bound.definite.length; at++) {
        if (isWithin(bound, at, got[at]!, slack)) continue
        const [from, to] = [bound.definite[at], bound.possible[at]]
        const what = `output ${k}, entry ${at}: ${got[at]}, not from ${from} to ${to}`
        findings.push({ engine: name, what })
        return
      }
    })
  }
  return findings
}

const rounded = (feeds: FuzzProgram['feeds']): FuzzProgram['feeds'] =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, values]) => [name, values.map((x) => Math.fround(x))]),
  )

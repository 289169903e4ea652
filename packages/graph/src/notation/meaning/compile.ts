// An expression at known shapes → a closure that computes it. Every binder has slots of its own.

import { LineError } from '../error.ts'
import type { Expression, Guard, Variable } from '../syntax.ts'
import {
  checkSum,
  checkWinner,
  choosing,
  crossing,
  dividing,
  mayBeInAnyOrder,
  OPEN,
  productInDoubt,
  rounding,
} from './doubts.ts'
import { EXACT, FUNCTION_VALUES, modulo, PERIODIC, RELATION_VALUES } from './functions.ts'
import { bind, type Loop, type Machine, offset, type Scope, type Thunk, weak } from './machine.ts'
import { remembered } from './remember.ts'
import { type Competition, type Winner, winnerOf } from './winners.ts'

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>
type Compiler<Kind extends Expression['kind']> = (
  node: Of<Kind>,
  scope: Scope,
  machine: Machine,
) => Thunk

const COMPILERS: { readonly [Kind in Expression['kind']]: Compiler<Kind> } = {
  number: ({ value }, _, machine) => weak(machine, () => value),

  symbol: ({ name }, scope, machine) => {
    const slot = scope.get(name)
    if (slot === undefined) {
      throw new LineError(`“${name}” is neither bound nor a letter with a value.`)
    }
    const { slots } = machine
    return weak(machine, () => slots[slot]!)
  },

  access: ({ array, indices }, scope, machine) => {
    const { shape, data } = machine.operands[array]!
    const at = indices.map((index) => expression(index, scope, machine))
    return () => {
      const cell = offset(shape, at)
      machine.strongZero = cell < 0
      if (machine.doubts && cell >= 0) machine.doubts.now |= machine.doubts.operands[array]![cell]!
      if (cell >= 0) return data[cell]!
      machine.outside = true
      return 0
    }
  },

  negation: ({ operand }, scope, machine) => {
    const value = expression(operand, scope, machine)
    return () => -value()
  },

  sum: ({ terms }, scope, machine) => {
    const values = terms.map((term) => expression(term, scope, machine))
    return weak(machine, () => {
      let total = 0
      let magnitude = 0
      for (const value of values) {
        const term = value()
        total += term
        magnitude += Math.abs(term)
      }
      if (machine.doubts) checkSum(machine.doubts, total, magnitude)
      return total
    })
  },

  // Masks first, then arrays: what annuls the product keeps the rest from being computed.
  product: ({ factors }, scope, machine) => {
    const values = factors
      .toSorted((a, b) => eagerness(a) - eagerness(b))
      .map((factor) => ({
        value: expression(factor, scope, machine),
        isGuard: factor.kind === 'iverson',
      }))
    return () => {
      if (machine.doubts) return productInDoubt(machine, machine.doubts, values)
      let total = 1
      for (const { value } of values) {
        total *= value()
        if (machine.strongZero) return 0
      }
      return total
    }
  },

  quotient: ({ numerator, denominator }, scope, machine) => {
    const above = expression(numerator, scope, machine)
    const below = weak(machine, expression(denominator, scope, machine))
    const { doubts } = machine
    return () => {
      const value = above()
      if (machine.strongZero) return 0
      if (!doubts) return value / below()
      return rounding(doubts, value / dividing(doubts, below, () => value !== 0))
    }
  },

  power: ({ base, exponent }, scope, machine) => {
    const root = expression(base, scope, machine)
    const times = expression(exponent, scope, machine)
    const { doubts } = machine
    const isOdd = () => Math.abs(times() % 2) === 1 && times() < 0
    return () => {
      const value = doubts ? dividing(doubts, root, isOdd) : root()
      const isStrong = machine.strongZero
      const power = value ** times()
      machine.strongZero = isStrong && power === 0
      return doubts ? rounding(doubts, power) : power
    }
  },

  modulo: ({ left, right }, scope, machine) => {
    const a = expression(left, scope, machine)
    const b = expression(right, scope, machine)
    return weak(machine, () => modulo(a(), b()))
  },

  call: ({ name, operands }, scope, machine) => {
    const value = FUNCTION_VALUES[name]
    const [a, b = () => Number.NaN] = operands.map((part) => expression(part, scope, machine))
    const { doubts } = machine
    const isPeriodic = PERIODIC.has(name)
    if (!doubts || EXACT.has(name)) return weak(machine, () => value(a!(), b()))
    return weak(machine, () => {
      const at = a!()
      const made = rounding(doubts, value(at, b()))
      if (!isPeriodic && name !== 'log') return made
      // Rounding an angle so large moves it along the period.
      if (isPeriodic && Math.abs(at) * doubts.rules.near > 1) doubts.now |= OPEN
      return crossing(doubts, made, isPeriodic ? at : 1)
    })
  },

  reduction: (node, scope, machine) => {
    if (node.reduction !== 'Σ') {
      const competition = { ...node, reduction: node.reduction }
      const search = remembered(node, scope, machine, winner(competition, scope, machine))
      return weak(machine, () => search().value)
    }
    const loop = loopOver(node.variables, scope, machine)
    const body = expression(node.body, loop.scope, machine)
    const total = remembered(node, scope, machine, () => {
      const before = machine.outside
      let total = 0
      let magnitude = 0
      loop.run(() => {
        const term = body()
        total += term
        magnitude += Math.abs(term)
      })
      machine.outside = before
      if (machine.doubts) checkSum(machine.doubts, total, magnitude)
      return total
    })
    return weak(machine, total)
  },

  iverson: ({ guards }, scope, machine) => {
    const tests = guards.map((guard) => test(guard, scope, machine))
    return () => {
      const holds = tests.every((isTrue) => isTrue())
      machine.strongZero = !holds
      return holds ? 1 : 0
    }
  },
}

function expression(node: Expression, scope: Scope, machine: Machine): Thunk {
  const compiler = COMPILERS[node.kind] as Compiler<Expression['kind']>
  return compiler(node as never, scope, machine)
}

function eagerness({ kind }: Expression): number {
  if (kind === 'iverson') return 0
  return kind === 'access' ? 1 : 2
}

function loopOver(variables: readonly Variable[], outer: Scope, machine: Machine): Loop {
  const scope = new Map(outer)
  const bounds = variables.map(({ upTo }) => expression(upTo!, outer, machine))
  const slots = variables.map(({ name }) => bind(name, scope, machine))
  const run = (body: () => void, level = 0): void => {
    if (level === slots.length) {
      body()
      return
    }
    const slot = slots[level]!
    const last = bounds[level]!()
    for (let index = 1; index <= last; index++) {
      machine.slots[slot] = index
      run(body, level + 1)
    }
  }
  return { scope, slots, run }
}

/** The first winner, and where it stands. What lies outside its box does not compete. */
function winner({ reduction, variables, body }: Competition, scope: Scope, machine: Machine) {
  const loop = loopOver(variables, scope, machine)
  const candidate = expression(body, loop.scope, machine)
  const find = (): Winner => {
    const before = machine.outside
    const candidates: Winner[] = []
    loop.run(() => {
      machine.outside = false
      const value = candidate()
      if (machine.outside) return
      candidates.push({ value, at: loop.slots.map((slot) => machine.slots[slot]!) })
    })
    machine.outside = before
    const won = winnerOf(reduction, candidates)
    if (machine.doubts) checkWinner(machine.doubts, won.value, candidates)
    return won
  }
  return (): Winner => (machine.doubts ? choosing(machine.doubts, find) : find())
}

function test(guard: Guard, scope: Scope, machine: Machine): () => boolean {
  if (guard.kind === 'winner') {
    const { doubts } = machine
    const search = remembered(guard, scope, machine, winner(guard, scope, machine))
    const at = guard.at.map((index) => expression(index, scope, machine))
    return () => {
      if (doubts) doubts.contested = false
      const won = search().at
      if (doubts?.contested) doubts.now |= OPEN
      return won.length > 0 && at.every((index, axis) => index() === won[axis])
    }
  }
  const values = guard.operands.map((operand) => expression(operand, scope, machine))
  const relations = guard.relations.map((relation) => RELATION_VALUES[relation])
  const { doubts } = machine
  const holdAll = (): boolean =>
    relations.every((holds, position) => {
      if (doubts) doubts.contested = false
      const [a, b] = [values[position]!(), values[position + 1]!()]
      if (doubts && mayBeInAnyOrder(doubts, a, b)) doubts.now |= OPEN
      return holds(a, b)
    })
  return () => (doubts ? choosing(doubts, holdAll) : holdAll())
}

/** The entry points for a reader of lines. */
export const compile = { expression, loop: loopOver, bind, offset }

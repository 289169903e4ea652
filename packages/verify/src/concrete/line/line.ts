// A line of the notation at known shapes → closures over any domain. The meaning is the notation's:
// outside its box an array is 0 and annuls its product, in max, min and medians it is nothing.
import type { notation } from '@backprove/graph'
import type { Budget } from '../../arithmetic/budget.ts'
import { realFunctions, winningValue } from '../domains/comparing.ts'
import {
  constantIn,
  type Domain,
  exactRational,
  rationalPower,
  type Tensor,
} from '../domains/domain.ts'
import { competitors, compileGuard } from './guards.ts'
import { indexOf, isIndex, type Scope } from './index.ts'

type Expression = notation.Expression
type Variable = notation.Variable

/** null is the 0 that annuls a product: an Iverson 0, or an array outside its box. */
export type Value<T> = T | null

export interface Machine<T> {
  readonly domain: Domain<T>
  readonly budget: Budget
  /** By the letters of the line; filled before each run. */
  readonly operands: Map<string, Tensor<T>>
  readonly shapes: ReadonlyMap<string, readonly number[]>
  readonly slots: number[]
  /** Something has been read outside its box. */
  outside: boolean
}

type Thunk<T> = () => Value<T>
type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

export const bind = <T>(name: string, scope: Map<string, number>, machine: Machine<T>): number => {
  const slot = machine.slots.push(0) - 1
  scope.set(name, slot)
  return slot
}

/** Row-major; −1 where the array has no cell. */
export const offsetOf = (shape: readonly number[], at: readonly (() => number)[]): number => {
  let cell = 0
  for (let axis = 0; axis < at.length; axis++) {
    const index = at[axis]!() - 1
    const length = shape[axis]!
    if (!(index >= 0 && index < length) || !Number.isInteger(index)) return -1
    cell = cell * length + index
  }
  return cell
}

interface Loop {
  readonly scope: Scope
  readonly slots: readonly number[]
  readonly run: (body: () => void) => void
}

export const loopOver = <T>(
  variables: readonly Variable[],
  outer: Scope,
  machine: Machine<T>,
): Loop => {
  const scope = new Map(outer)
  const bounds = variables.map(({ upTo }) => indexOf(upTo!, outer, machine.slots))
  const slots = variables.map(({ name }) => bind(name, scope, machine))
  const run = (body: () => void, level = 0): void => {
    if (level === slots.length) {
      machine.budget.tick()
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

const rank = ({ kind }: Expression): number => (kind === 'iverson' ? 0 : kind === 'access' ? 1 : 2)

const constant = <T>(machine: Machine<T>, value: number): T => constantIn(machine.domain, value)

const compilers: {
  readonly [K in Expression['kind']]: <T>(
    node: Of<K>,
    scope: Scope,
    machine: Machine<T>,
  ) => Thunk<T>
} = {
  number: ({ value }, _scope, machine) => {
    const fixed = constant(machine, value)
    return () => fixed
  },
  symbol: (node, scope, machine) => {
    const value = indexOf(node, scope, machine.slots)
    return () => constant(machine, value())
  },
  access: ({ array, indices }, scope, machine) => {
    const at = indices.map((index) => indexOf(index, scope, machine.slots))
    return () => {
      const { shape, data } = machine.operands.get(array)!
      const cell = offsetOf(shape, at)
      if (cell >= 0) return data[cell]!
      machine.outside = true
      return null
    }
  },
  negation: ({ operand }, scope, machine) => {
    const value = compile(operand, scope, machine)
    return () => {
      const inner = value()
      return inner === null ? null : machine.domain.negate(inner)
    }
  },
  sum: ({ terms }, scope, machine) => {
    const { domain } = machine
    const values = terms.map((term) => compile(term, scope, machine))
    return () => {
      let total = domain.zero
      for (const value of values) {
        const term = value()
        if (term !== null) total = total === domain.zero ? term : domain.add(total, term)
      }
      return total
    }
  },
  // Masks first: what annuls the product keeps the rest from being computed.
  product: ({ factors }, scope, machine) => {
    const { domain } = machine
    const values = [...factors]
      .sort((a, b) => rank(a) - rank(b))
      .map((factor) => compile(factor, scope, machine))
    return () => {
      let total = domain.one
      for (const value of values) {
        const factor = value()
        if (factor === null) return null
        total = total === domain.one ? factor : domain.multiply(total, factor)
      }
      return total
    }
  },
  quotient: ({ numerator, denominator }, scope, machine) => {
    const above = compile(numerator, scope, machine)
    const below = compile(denominator, scope, machine)
    const { domain } = machine
    return () => {
      const value = above()
      return value === null ? null : domain.divide(value, below() ?? domain.zero)
    }
  },
  power: ({ base, exponent }, scope, machine) => {
    const root = compile(base, scope, machine)
    const { domain } = machine
    if (isIndex(exponent) && !(base.kind === 'number' && base.value === Math.E)) {
      const times = indexOf(exponent, scope, machine.slots)
      return () => {
        const value = root()
        const power = exactRational(times())
        if (value === null && power.numerator > 0n) return null
        return rationalPower(domain, value ?? domain.zero, power)
      }
    }
    const times = compile(exponent, scope, machine)
    return () => domain.call('power', [root() ?? domain.zero, times() ?? domain.zero])
  },
  modulo: (node, scope, machine) => {
    const value = indexOf(node, scope, machine.slots)
    return () => constant(machine, value())
  },
  call: ({ name, operands }, scope, machine) => {
    const { domain } = machine
    const values = operands.map((operand) => compile(operand, scope, machine))
    const [first, second] = values
    const at = (value: Thunk<unknown> | undefined) => (value?.() ?? domain.zero) as never
    return () => realFunctions[name](domain, at(first), at(second))
  },
  reduction: (node, scope, machine) => {
    const { domain } = machine
    if (node.reduction !== 'Σ') {
      const { reduction } = node
      const candidates = competitors(node.variables, node.body, scope, machine)
      return () => winningValue(domain, reduction, candidates()) ?? domain.zero
    }
    const loop = loopOver(node.variables, scope, machine)
    const body = compile(node.body, loop.scope, machine)
    return () => {
      const before = machine.outside
      let total = domain.zero
      loop.run(() => {
        const term = body()
        if (term !== null) total = total === domain.zero ? term : domain.add(total, term)
      })
      machine.outside = before
      return total
    }
  },
  iverson: ({ guards }, scope, machine) => {
    const tests = guards.map((guard) => compileGuard(guard, scope, machine))
    const { one } = machine.domain
    return () => (tests.every((test) => test()) ? one : null)
  },
}

export const compile = <T>(node: Expression, scope: Scope, machine: Machine<T>): Thunk<T> => {
  const compiler = compilers[node.kind] as (
    node: Expression,
    scope: Scope,
    machine: Machine<T>,
  ) => Thunk<T>
  return compiler(node, scope, machine)
}

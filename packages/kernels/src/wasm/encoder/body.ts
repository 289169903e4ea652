// Builds one function: parameters, locals, statements in order, structured control flow.
import { Bytes, signed, unsigned } from './bytes.ts'
import {
  type Expression,
  type I32,
  type Immediate,
  type Instruction,
  type Int,
  instruction,
  int,
  type Local,
  type Statement,
  type ValueType,
} from './expression.ts'
import { i32 } from './scalar.ts'

/** Where a branch can go: the loop or block opened at this nesting depth. */
export interface Label {
  readonly depth: number
}

/** A number as a parameter, by its position, plus a rest. */
export interface Place {
  readonly parameter: number
  readonly rest: number
}
/** What a number stands for in code for arrays at addresses that are parameters. */
export type Relocation = (value: number) => Place | undefined

export interface FunctionDefinition {
  readonly name: string
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
  readonly locals: readonly ValueType[]
  readonly code: Uint8Array
  /** Accesses to memory at a sum of a position and a parameter, which is added each time. */
  readonly moved: number
}

/** A function under construction. Statements are written in the order of the calls. */
export class Body {
  readonly parameters: readonly Local[]
  readonly locals: ValueType[] = []
  readonly #code = new Bytes()
  readonly #relocation: Relocation | undefined
  #depth = 0
  #moved = 0

  constructor(parameters: readonly ValueType[], relocation?: Relocation) {
    this.parameters = parameters.map((type, index) => localAt(type, index))
    this.#relocation = relocation
  }

  parameter<T extends ValueType>(index: number, type: T): Local<T> {
    const parameter = this.parameters[index]
    if (parameter?.type !== type) throw new RangeError(`parameter ${index} is not a ${type}`)
    return parameter as Local<T>
  }

  /** A new local variable, zero at the function's start. */
  local<T extends ValueType>(type: T): Local<T> {
    this.locals.push(type)
    return localAt(type, this.parameters.length + this.locals.length - 1)
  }

  /** A new local that holds a value: use it where an expression is needed more than once. */
  let<T extends ValueType>(value: Expression<T>): Local<T> {
    const local = this.local(value.type)
    this.set(local, value)
    return local
  }

  set<T extends ValueType>(local: Local<T>, value: Expression<T>): void {
    this.#write(value)
    this.#code.append(unsigned(local.index, [0x21]))
  }

  /** local += amount */
  bump(local: Local<'i32'>, amount: Int): void {
    if (amount !== 0) this.set(local, i32.add(local, amount))
  }

  do(...statements: readonly Statement[]): void {
    for (const statement of statements) this.#write(statement)
  }

  /** Leaves a value on the stack: the function's result. */
  result(value: Expression): void {
    this.#write(value)
  }

  /** Runs the body; a branch to the label runs it again. */
  loop(body: (again: Label) => void): void {
    this.#structure([0x03, 0x40], body)
  }

  /** A branch to the label leaves the block. */
  block(body: (leave: Label) => void): void {
    this.#structure([0x02, 0x40], body)
  }

  branch(label: Label): void {
    this.#code.append(unsigned(this.#depth - label.depth, [0x0c]))
  }

  branchIf(label: Label, condition: I32): void {
    this.#write(condition)
    this.#code.append(unsigned(this.#depth - label.depth, [0x0d]))
  }

  if(condition: I32, then: () => void, otherwise?: () => void): void {
    this.#write(condition)
    this.#structure([0x04, 0x40], () => {
      then()
      if (otherwise) {
        this.#code.push(0x05)
        otherwise()
      }
    })
  }

  /** Runs the body `count` times; a constant count of 0 or 1 makes no loop. */
  repeat(count: Int, body: () => void): void {
    if (count === 0) return
    if (count === 1) {
      body()
      return
    }
    const left = this.let(int(count))
    const turns = () =>
      this.loop((again) => {
        body()
        this.branchIf(again, tee(left, i32.sub(left, 1)))
      })
    if (typeof count === 'number') turns()
    else this.if(left, turns)
  }

  finish(name: string, results: readonly ValueType[] = []): FunctionDefinition {
    const parameters = this.parameters.map(({ type }) => type)
    const [code, moved] = [this.#code.whole(), this.#moved]
    return { name, parameters, results, locals: this.locals, code, moved }
  }

  #write(tree: Instruction<ValueType | 'none'>): void {
    const { operands, code, immediate } = tree
    const place = immediate && this.#relocation?.(immediate.value)
    if (immediate && place) {
      this.#writeRelocated(operands, immediate, place)
      return
    }
    for (let k = 0; k < operands.length; k++) this.#write(operands[k]!)
    this.#code.append(code)
  }

  /** A constant, or an access to memory at its first operand. */
  #writeRelocated(
    [address, ...others]: readonly Expression[],
    { before, behind }: Immediate,
    { parameter, rest }: Place,
  ): void {
    const base = this.parameter(parameter, 'i32')
    const plus = (code: readonly number[]) => this.#code.append([...code, 0x6a])
    if (!address) this.#code.append(base.code)
    else {
      this.#write(address)
      plus(base.code)
      this.#moved += 1
    }
    // An offset must not be negative.
    const isAdded = !address || rest < 0
    if (isAdded && rest !== 0) plus(signed(rest, [0x41]))
    if (!address) return
    for (const operand of others) this.#write(operand)
    this.#code.append(unsigned(isAdded ? 0 : rest, before))
    this.#code.append(behind)
  }

  #structure(open: readonly number[], body: (label: Label) => void): void {
    this.#code.append(open)
    this.#depth += 1
    body({ depth: this.#depth })
    this.#depth -= 1
    this.#code.push(0x0b)
  }
}

const localAt = <T extends ValueType>(type: T, index: number): Local<T> => ({
  ...instruction(type, [], unsigned(index, [0x20])),
  index,
})

/** Sets a local and keeps the value as an expression. */
export const tee = <T extends ValueType>(local: Local<T>, value: Expression<T>): Expression<T> =>
  instruction(value.type, [value], unsigned(local.index, [0x22]))

/** Calls the function at this position of the module; it must return nothing. */
export const call = (position: number, ...operands: readonly Expression[]): Statement =>
  instruction('none', operands, unsigned(position, [0x10]))

export function defineFunction(
  name: string,
  parameters: readonly ValueType[],
  write: (f: Body) => void,
  results: readonly ValueType[] = [],
  relocation?: Relocation,
): FunctionDefinition {
  const body = new Body(parameters, relocation)
  write(body)
  return body.finish(name, results)
}

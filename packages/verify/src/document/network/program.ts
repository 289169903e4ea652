// The statements of a network's text carried out as far as they are about names alone: loops are
// unrolled, functions are written out, += makes a new value. What is left is a line for each array.
import { ClaimError, type Span } from '../../language/syntax.ts'
import type { Statement } from './blocks.ts'
import { readExpression } from './expression.ts'
import { classIn, functionIn, functionOf, givenTo, type UserClass } from './functions.ts'
import { idle } from './idle.ts'
import { Known } from './known.ts'
import { declared, noLine } from './leaves.ts'
import { numberOf, withoutLetters } from './letters.ts'
import { networkLimits } from './limits.ts'
import type { NetworkLine } from './lines.ts'
import { passesOf } from './loops.ts'
import { inRows, shared } from './several.ts'
import { type Assignment, assignmentIn, type Target } from './targets.ts'
import { nameLength, nameOf } from './tokens.ts'
import { type NetworkCall, type NetworkExpression, nameIn, someIn } from './tree.ts'
import { written } from './written.ts'

/** Where statements are carried out. */
interface Frame {
  /** What the letters of loops stand for. */
  readonly letters: ReadonlyMap<string, number>
  /** In a function: what its names stand for. */
  readonly own?: Map<string, NetworkExpression>
  /** In a loop or under an if: a name may get another value. */
  readonly isRepeated: boolean
}

/** model.add(Dense(5)), history = model.fit(X, y). */
const toldPattern = /^(\w+)\.(?:add|compile|fit)\(.*\)$/s
const spanOf = ({ text, start }: Statement): Span => ({ start, end: start + text.length })
const nameAt = (name: string, span: Span): NetworkExpression => ({ kind: 'name', name, span })

class Program {
  readonly #known = new Known()
  /** In MATLAB, max(Z, 0) is of each entry and 0; elsewhere it may be along an axis. */
  readonly #isMatlab: boolean
  #calls = 0

  constructor(isMatlab: boolean) {
    this.#isMatlab = isMatlab
  }

  end(): readonly NetworkLine[] {
    this.#known.end()
    return this.#known.said()
  }

  run(statements: readonly Statement[], frame: Frame): NetworkExpression | undefined {
    for (let at = 0; at < statements.length; at++) {
      const statement = statements[at]!
      const { text, start, body } = statement
      let value: NetworkExpression | undefined
      if (/^for\b/.test(text)) value = this.#repeated(statement, frame)
      else if (/^if\b/.test(text)) {
        const rest = statements.slice(at + 1)
        const others = rest.findIndex((each) => !/^(?:elif|else)\b/.test(each.text))
        const end = at + 1 + (others < 0 ? rest.length : others)
        const taken = statements.slice(at, end).find((each) => this.#isTaken(each, frame))
        at = end - 1
        value = taken && this.run(taken.body, { ...frame, isRepeated: true })
      } else if (/^def\b/.test(text)) this.#known.functions.set(...functionIn(statement))
      else if (/^class\b/.test(text)) this.#known.classes.set(...classIn(statement))
      else if (/^with\s+(?:tf\.)?GradientTape\b/.test(text)) value = this.run(body, frame)
      else if (/^with\s+torch\.(?:no_grad|inference_mode)\b/.test(text)) continue
      else if (/^return\b/.test(text) && frame.own)
        value = this.#read(text.slice('return'.length), start + 'return'.length, frame)
      else if (body.length > 0 || /^(?:while|with|elif|else)\b/.test(text))
        throw new ClaimError(
          'A network has lines, and for, if, def and class; nothing else has lines of its own',
          spanOf(statement),
        )
      else if (!idle.test(text)) this.#line(statement, frame)
      if (value) return value
    }
    return undefined
  }

  #repeated({ text, start, body }: Statement, frame: Frame): NetworkExpression | undefined {
    const read = (part: string, at: number) => this.#read(part, start + at, frame)
    for (const pass of passesOf(text, start, read, this.#known.number)) {
      const letters = new Map(frame.letters)
      for (const [name, value] of pass)
        if (value.kind === 'number') letters.set(name, value.value)
        else (frame.own ?? this.#known.tuples).set(name, value)
      const found = this.run(body, { ...frame, letters, isRepeated: true })
      if (found) return found
    }
    return undefined
  }

  /** Whether the condition of a branch holds, which is known as the network is read. */
  #isTaken({ text, start }: Statement, frame: Frame): boolean {
    const [, word = '', asked = ''] = /^(if|elif|else)\b(.*?):$/s.exec(text) ?? []
    if (word === 'else') return true
    const read = this.#read(asked, start + word.length, frame)
    const value = numberOf(read, this.#known.number)
    if (value !== undefined) return value !== 0
    throw new ClaimError('where(x > 0, a, b) chooses between arrays, if between numbers', read.span)
  }

  #line(statement: Statement, frame: Frame): void {
    const { text, start } = statement
    const span = spanOf(statement)
    const [, cost] = /^cost\s*:\s*(.+)$/.exec(text) ?? []
    if (cost && nameLength(cost) === cost.length) {
      this.#known.lines.push({ kind: 'cost', name: nameOf(cost), span })
      return
    }
    const leaves = declared(text, span, this.#known.number, this.#known.unsaid)
    for (const leaf of leaves ?? []) this.#known.leaf(leaf)
    if (leaves) return
    const assignment = assignmentIn(text, start)
    const told = toldPattern.exec(assignment?.value.trim() ?? text)
    if (told) {
      const read = this.#read(told[0], start, frame)
      const model = read.kind === 'call' ? this.#known.models.told(read) : undefined
      if (model) this.#known.set(told[1]!, model, true, span)
      return
    }
    if (!assignment) throw noLine(text, span)
    this.#assigned(assignment, span, frame)
  }

  #assigned({ targets, operator, value, start }: Assignment, span: Span, frame: Frame): void {
    const [only, ...others] = targets as [Target, ...Target[]]
    const [, parameters, body] = /^\s*lambda\b([^:]*):(.*)$/s.exec(value) ?? []
    if (parameters !== undefined) {
      const at = start + value.length - body!.length
      this.#known.functions.set(only.name, functionOf(parameters, body!, at, start))
      return
    }
    if (others.length === 0 && this.#known.isFunction(only, value, start)) {
      const made = functionOf(only.parameters!.join(), value, start, only.span.start)
      this.#known.functions.set(only.name, made)
      return
    }
    const read = this.#read(value, start, frame)
    // J(θ), wherever it is read, is J.
    if (only.parameters)
      this.#known.functions.set(only.name, {
        ...{ parameters: [], body: [] },
        native: (_, at) => nameAt(only.name, at),
      })
    if (others.length === 0) {
      this.#give(only, read, operator, span, frame)
      return
    }
    // h, c = step(x, h, c): all are computed before any name gets its value.
    const apart = (name: string, value: NetworkExpression) =>
      frame.own ? value : this.#known.apart(name, value, span)
    const isAgain = targets.some((target) =>
      someIn(read, (part) => nameIn(part) === withoutLetters(target.name, frame.letters)),
    )
    const inside = isAgain ? { ...frame, isRepeated: true } : frame
    for (const [target, item] of shared(targets, read, span, this.#known.number, apart))
      this.#give(target, item, operator, span, inside)
  }

  #give(
    target: Target,
    given: NetworkExpression,
    operator: Assignment['operator'],
    span: Span,
    frame: Frame,
  ): void {
    const plain = withoutLetters(target.name, frame.letters)
    const step = this.#stepOf(plain, target, frame)
    const name = step ?? plain
    const old = this.#plain(nameAt(name, target.span), frame)
    const parts = step === undefined ? target.parts : undefined
    const part = parts && { kind: 'entry' as const, base: old, parts, span: target.span }
    const left = part ? this.#plain(part, frame) : old
    const made: NetworkExpression = operator
      ? { kind: 'binary', operator, left, right: given, span }
      : given
    const value: NetworkExpression =
      part && left.kind === 'entry'
        ? { kind: 'replaced', base: old, parts: left.parts, value: made, span }
        : made
    const isOwn = someIn(given, (each) => nameIn(each) === name)
    const isAgain = operator !== undefined || part !== undefined || isOwn || frame.isRepeated
    this.#set(name, value, isAgain, span, frame)
  }

  /** h_2 of h[t + 1] = …, where no array is called h: a value for each step. */
  #stepOf(name: string, { parts }: Target, frame: Frame): string | undefined {
    const [part, ...others] = parts ?? []
    const isKnown = this.#known.isKnown(name) || frame.own?.has(name)
    if (part?.kind !== 'at' || others.length > 0 || isKnown) return undefined
    return this.#known.step(name, this.#known.whole(this.#plain(part.place, frame)))
  }

  #set(name: string, value: NetworkExpression, isAgain: boolean, span: Span, frame: Frame): void {
    const ofClass = value.kind === 'call' ? this.#known.classes.get(value.op) : undefined
    if (frame.own) frame.own.set(name, value)
    else if (ofClass && value.kind === 'call') this.#object(name, ofClass, value)
    else this.#known.set(name, value, isAgain, span)
  }

  /** net = Net(4, 3): what it begins with is there, and calling it is its forward. */
  #object(name: string, made: UserClass, call: NetworkCall): void {
    for (const [word, method] of made.methods) {
      this.#known.functions.set(word, method).set(`${name}.${word}`, method)
      if (/^(?:forward|call|__call__)$/.test(word)) this.#known.functions.set(name, method)
    }
    const letters = this.#known.numbersOf(made, call)
    if (made.begins) this.run(made.begins.body, { letters, isRepeated: false })
  }

  #read(text: string, start: number, frame: Frame): NetworkExpression {
    const read = this.#plain(readExpression(text.trimEnd(), start), frame)
    return this.#isMatlab ? inRows(read) : read
  }

  #plain(expression: NetworkExpression, { letters, own }: Frame): NetworkExpression {
    const { isKnown, step, count, tuples } = this.#known
    return written(expression, {
      ...{ letters, isKnown, step, call: (call: NetworkCall) => this.#called(call) },
      own: { get: (name) => own?.get(name) ?? tuples.get(name) },
      count: () => count(expression.span),
    })
  }

  #called({ op, operands, options, span }: NetworkCall): NetworkExpression | undefined {
    const [first, ...rest] = operands
    const [second] = rest
    // size(X, 1) counts from 1.
    const length = this.#isMatlab && op === 'size' && second?.kind === 'number' && nameIn(first!)
    if (length) return nameAt(`${length}.shape.${second.value - 1}`, span)
    if (this.#isMatlab && /^(?:max|min)$/.test(op) && second?.kind === 'number')
      return { kind: 'call', op: `${op}imum`, operands, options, span }
    const layer = op === 'apply' && first ? this.#known.layerCalled(first) : undefined
    const made = layer?.made ?? this.#known.functions.get(op)
    if (!made) return this.#known.compared({ kind: 'call', op, operands, options, span })
    if (made.native) return this.#known.compared(made.native(layer ? rest : operands, span))
    const own = givenTo(made, { kind: 'call', op, operands, options, span })
    if (++this.#calls > networkLimits.depth)
      throw new ClaimError('This function calls itself without end', span)
    const found = this.run(made.body, { letters: new Map(), own, isRepeated: true })
    this.#calls--
    if (found && operands.length <= own.size) return found
    throw new ClaimError(
      found ? `${op} takes ${own.size} arguments` : `${op} returns nothing`,
      span,
    )
  }
}

/** The lines of a network that statements come to. */
export const linesOf = (
  statements: readonly Statement[],
  isMatlab: boolean,
): readonly NetworkLine[] => {
  const program = new Program(isMatlab)
  program.run(statements, { letters: new Map(), isRepeated: false })
  return program.end()
}

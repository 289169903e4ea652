// What is known at a line of a network's text: names of arrays, numbers and lengths, functions; and
// the lines so far.
import { ClaimError, type Span } from '../../language/syntax.ts'
import { readExpression } from './expression.ts'
import type { Making, Module, UserClass, UserFunction } from './functions.ts'
import { isOfSeveral } from './items.ts'
import { Models } from './layers/keras.ts'
import { moduleOf } from './layers/modules.ts'
import { dimensionOf, lengthsDrawn, roleOf } from './leaves.ts'
import { numberOf, wholeNumber } from './letters.ts'
import { networkLimits } from './limits.ts'
import type { LeafLine, NetworkLine } from './lines.ts'
import type { Target } from './targets.ts'
import { type NetworkCall, type NetworkExpression, nameIn, numeral, someIn } from './tree.ts'

/** Losses of PyTorch, of an output and a target. */
const compares =
  /^F\.(?:mse_loss|l1_loss|nll_loss|cross_entropy|binary_cross_entropy(?:_with_logits)?)$/

/** That arrays are called W[1], for the layers. */
const layered = '[ ]'

export class Known {
  readonly lines: NetworkLine[] = []
  /** Functions of the text, and layers as objects. */
  readonly functions = new Map<string, UserFunction>()
  readonly classes = new Map<string, UserClass>()
  readonly models = new Models()
  /** cache = (x, w, b): several values under one name. */
  readonly tuples = new Map<string, NetworkExpression>()
  /** Numbers by name: N, eps, and x.shape.0. */
  readonly #numbers = new Map<string, number>([
    ['True', 1],
    ['False', 0],
  ])
  readonly #names = new Set<string>()
  #parts = 0
  #hidden = 0

  readonly number = (name: string): number | undefined => this.#numbers.get(name)
  /** n of `x: input n`: the shortest length from 3 on that is no other letter's; a kernel's k is 2. */
  readonly unsaid = (letter: string): number => {
    const taken = new Set(this.#numbers.values())
    let length = letter === 'k' ? 2 : 3
    while (taken.has(length)) length++
    this.#numbers.set(letter, length)
    return length
  }
  readonly isKnown = (name: string): boolean => this.#names.has(name)
  readonly whole = (expression: NetworkExpression): number =>
    wholeNumber(numberOf(expression, this.number), expression.span)

  readonly #isArray = (name: string): boolean => this.#names.has(name) && !this.#numbers.has(name)

  /** The name of a step: h_2, and W^{[2]} where the leaves are called W[1]. */
  readonly step = (name: string, at: number): string => {
    if (this.#names.has(layered)) return `${name}^{[${at}]}`
    return at < 10 && at >= 0 ? `${name}_${at}` : `${name}_{${at}}`
  }

  /** @throws ClaimError where loops and functions make more than there may be */
  readonly count = (span: Span): void => {
    if (++this.#parts > networkLimits.parts)
      throw new ClaimError('The loops and functions make too much of this', span)
  }

  leaf(leaf: LeafLine): void {
    const [, base, layer] = /^(.*)\[(\d+)\]$/.exec(leaf.name) ?? []
    if (layer) this.#names.add(layered)
    const name = layer ? `${base}^{[${layer}]}` : leaf.name
    this.#names.add(name).add(name.replace(/_.*$/, ''))
    for (const [axis, { length, letter }] of leaf.shape.entries()) {
      this.#numbers.set(`${name}.shape.${axis}`, length)
      if (letter && !this.#numbers.has(letter)) this.#numbers.set(letter, length)
    }
    this.lines.push({ ...leaf, name })
  }

  /** A name gets a value: a leaf where that is drawn at random, layers where it is one. */
  set(name: string, value: NetworkExpression, isAgain: boolean, span: Span): void {
    const lengths = this.#names.has(name) ? undefined : lengthsDrawn(value, name, this.#isArray)
    if (lengths) {
      const shape = lengths.map((each) => {
        const word = each.kind === 'name' ? each.name : undefined
        // Of a placeholder the batch has any length.
        if (word === 'None') return dimensionOf(this.number('N') ?? this.unsaid('N'), 'N')
        return dimensionOf(this.whole(each), word)
      })
      this.leaf({ kind: 'leaf', name, role: roleOf(name), shape, span })
      return
    }
    if (this.models.made(name, value)) return
    this.tuples.delete(name)
    const isNumber = (each: NetworkExpression) => numberOf(each, this.number) !== undefined
    if (value.kind === 'list') {
      const { items } = value
      const isDrawn = (each: NetworkExpression) => lengthsDrawn(each, name, this.#isArray)
      if (items.length > 0 && items.every(isDrawn)) {
        for (const [k, each] of items.entries()) this.set(this.step(name, k), each, isAgain, span)
        const called = items.map((_, k) => ({
          kind: 'name' as const,
          name: this.step(name, k),
          span,
        }))
        this.tuples.set(name, { ...value, isTuple: true, items: called })
        return
      }
      if (isOfSeveral(value) && !items.every(isNumber)) {
        this.tuples.set(name, this.apart(name, { ...value, isTuple: true }, span))
        return
      }
    }
    const layer = this.layer(value, name)
    if (layer) {
      this.functions.set(name, layer.made)
      return
    }
    const number = numberOf(value, this.number)
    if (number === undefined) this.#numbers.delete(name)
    else this.#numbers.set(name, number)
    this.#names.add(name)
    const isTruth = value.kind === 'name' && number !== undefined
    const made = isTruth ? numeral(number, value.span) : value
    this.lines.push({ kind: 'op', name, value: made, ...(isAgain && { again: true }), span })
  }

  /** A value under a name that nobody can say; what becomes a leaf or a layer stays as it is. */
  apart(name: string, value: NetworkExpression, span: Span): NetworkExpression {
    if (value.kind === 'list' && value.isTuple)
      return {
        ...value,
        items: value.items.map((each, k) => this.apart(`${name}.${k}`, each, span)),
      }
    const number = numberOf(value, this.number)
    if (number !== undefined) return value.kind === 'number' ? value : numeral(number, span)
    if (lengthsDrawn(value, name, this.#isArray) || moduleOf(value, name, this.making)) return value
    const hidden = `\u2063${name}`
    this.lines.push({ kind: 'op', name: hidden, value, again: true, hidden: true, span })
    return { kind: 'name', name: hidden, span: value.span }
  }

  /** What nn.Linear(4, 3) makes, its parameters declared. */
  layer(value: NetworkExpression, name: string): Module | undefined {
    const layer = moduleOf(value, name, this.making)
    for (const { name: own, shape } of layer?.leaves ?? [])
      this.leaf({ kind: 'leaf', name: own, role: 'parameter', shape, span: value.span })
    return layer
  }

  /** Dense(5)(x): a layer without a name is called dense, and the next one dense2. */
  layerCalled(value: NetworkExpression): Module | undefined {
    if (value.kind !== 'call') return undefined
    const said = value.options.find(({ name }) => name === 'name')?.value
    const word = value.op.replace(/^.*\./, '').toLowerCase()
    let name = said?.kind === 'text' ? said.text : word
    const isTaken = () => ['kernel', 'weight'].some((each) => this.isKnown(`${name}.${each}`))
    for (let k = 2; isTaken(); k++) name = `${word}${k}`
    return this.layer(value, name)
  }

  /** f(z) = …, of a z that is no array, and is in it; J(θ) = … is J. */
  isFunction({ parameters = [] }: Target, value: string, start: number): boolean {
    const unknown = parameters.filter((name) => !this.isKnown(name))
    if (unknown.length === 0) return false
    return someIn(readExpression(value.trimEnd(), start), (each) => {
      const name = nameIn(each)
      return unknown.some((own) => own === name || own === name?.replace(/[_^'].*$/, ''))
    })
  }

  readonly making: Making = {
    number: (expression) => numberOf(expression, this.number),
    whole: this.whole,
    named: (value) => {
      const { span } = value
      if (value.kind === 'name' && this.isKnown(value.name)) return value
      // Layers may share one: each call has a name of its own.
      const name = `\u2063layer${++this.#hidden}`
      this.lines.push({ kind: 'op', name, value, again: true, hidden: true, span })
      return { kind: 'name', name, span }
    },
    parameter: (name, shape, array, span, at = 0) => {
      const like = array === undefined ? {} : { like: { array, axes: 'last' as const, at } }
      const own = shape.map((length) => dimensionOf(length))
      this.leaf({ kind: 'leaf', name, role: 'parameter', shape: own, ...like, span })
    },
    input: (value, lengths) => this.#unsaid(value, { shape: lengths.map((n) => dimensionOf(n)) }),
  }

  /** The target of a loss that nobody declares is of the shape of what it is beside. */
  #target(output: NetworkExpression, target: NetworkExpression): void {
    if (!this.#isUnknown(target)) return
    const array = this.making.named(output).name
    this.#unsaid(target, { shape: [], like: { array, axes: 'all' } })
  }

  /** criterion(y, t): a target that nobody declares is like the output. */
  compared(read: NetworkExpression): NetworkExpression {
    const [output, target] = read.kind === 'call' && compares.test(read.op) ? read.operands : []
    if (output && target) this.#target(output, target)
    return read
  }

  /** Of a compiled model the cost is its loss. */
  end(): void {
    if (this.isKnown('loss')) return
    const ending = this.models.ending((model, x) =>
      this.functions.get(model)?.native?.([x], x.span),
    )
    if (!ending) return
    const { output, target, of } = ending
    this.#target(output, target)
    this.set('loss', of(output, target), false, output.span)
  }

  #isUnknown(value: NetworkExpression): boolean {
    return (
      value.kind === 'name' && /^\p{L}[\p{L}\d_]*$/u.test(value.name) && !this.isKnown(value.name)
    )
  }

  #unsaid(value: NetworkExpression, shape: Pick<LeafLine, 'shape' | 'like'>): void {
    if (value.kind !== 'name' || !this.#isUnknown(value)) return
    this.leaf({
      kind: 'leaf',
      name: value.name,
      role: 'input',
      unsaid: true,
      ...shape,
      span: value.span,
    })
  }

  /** The lines, without what was taken for granted and is said further down. */
  said(): readonly NetworkLine[] {
    const bare = (name: string) => name.replace(/_(?:\{[^{}]*\}|\p{L})$/u, '')
    const isSaid = (leaf: LeafLine) =>
      this.lines.some(
        (line) =>
          line !== leaf &&
          (line.name === leaf.name || bare(line.name) === leaf.name) &&
          line.kind !== 'cost',
      )
    return this.lines.filter((line) => line.kind !== 'leaf' || !line.unsaid || !isSaid(line))
  }

  /** The numbers that a class is made with: Net(4, 3). */
  numbersOf({ begins }: UserClass, { operands, span }: NetworkCall): Map<string, number> {
    const all = (begins?.parameters ?? []).map(({ name, usual }, k) => {
      const value = operands[k] ?? usual
      const number = value && numberOf(value, this.number)
      if (number !== undefined) return [name, number] as const
      throw new ClaimError(`${name} is a number that the layers are made of`, span)
    })
    return new Map(all)
  }
}

// What is known at a line of a network's text: names of arrays, numbers and lengths, functions; and
// the lines so far.
import { ClaimError, type Span } from '../../language/syntax.ts'
import type { UserClass, UserFunction } from './functions.ts'
import { dimensionOf, lengthsDrawn, roleOf } from './leaves.ts'
import { numberOf, wholeNumber } from './letters.ts'
import { networkLimits } from './limits.ts'
import type { LeafLine, NetworkLine } from './lines.ts'
import { moduleOf } from './modules.ts'
import type { NetworkCall, NetworkExpression } from './tree.ts'
import { numeral } from './written.ts'

/** That arrays are called W[1], for the layers. */
const layered = '[ ]'

export class Known {
  readonly lines: NetworkLine[] = []
  /** Functions of the text, and layers as objects. */
  readonly functions = new Map<string, UserFunction>()
  readonly classes = new Map<string, UserClass>()
  /** Numbers by name: N, eps, and x.shape.0. */
  readonly #numbers = new Map<string, number>([
    ['True', 1],
    ['False', 0],
  ])
  readonly #names = new Set<string>()
  #parts = 0

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
      const shape = lengths.map((each) =>
        dimensionOf(this.whole(each), each.kind === 'name' ? each.name : undefined),
      )
      this.leaf({ kind: 'leaf', name, role: roleOf(name), shape, span })
      return
    }
    const layer = moduleOf(value, name, this.whole)
    if (layer) {
      for (const { name: own, shape } of layer.leaves)
        this.leaf({ kind: 'leaf', name: own, role: 'parameter', shape, span })
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
    if (
      value.kind === 'number' ||
      lengthsDrawn(value, name, this.#isArray) ||
      moduleOf(value, name, this.whole)
    )
      return value
    const hidden = `\u2063${name}`
    this.lines.push({ kind: 'op', name: hidden, value, again: true, hidden: true, span })
    return { kind: 'name', name: hidden, span: value.span }
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

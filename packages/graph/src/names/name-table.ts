// Which node has which names, both ways. Nodes are held by their names.
import { NameError } from '../errors.ts'
import type { Node } from '../record/node.ts'
import { formatShape, type Shape } from '../shape.ts'
import { show } from '../show.ts'
import {
  type ArrayName,
  bareName,
  bareNameIn,
  isOneOfSome,
  letteredAxes,
  type NameOptions,
  nearNames,
  parseName,
  refuseName,
} from './names.ts'

const LITERAL = 'To take the whole text as its name, say { literal: true }'

/** Where the user asked: made out when an error tells it. */
export type Line = () => string | undefined

export class NameTable {
  /** In the order in which they were given. */
  readonly nodes = new Map<string, Node>()
  readonly #names = new WeakMap<Node, ArrayName[]>()
  /** Of letters: the lengths of axes that they stand for without any doubt. */
  readonly #lengths = new Map<string, Set<number>>()

  of(node: Node): readonly ArrayName[] {
    return this.#names.get(node) ?? []
  }

  /** The node of that name, in any spelling of it. @throws NameError, with near names */
  node(name: string, line: Line): Node {
    if (typeof name !== 'string') throw new NameError(`a name is text, not ${show(name)}`, line())
    const found = this.nodes.get(bareNameIn(this.nodes, name))
    if (found) return found
    const near = nearNames(bareName(name), this.nodes.keys())
    const hint = near.length > 0 ? `; near it: ${near.join(', ')}` : ''
    throw new NameError(`no node is named ${show(name)}${hint}`, line())
  }

  /**
   * The node that a leaf of that name would be once more. Letters are no part of a name, so two
   * spellings with other letters would silently be one array: the second is refused.
   */
  leaf(text: string, options: NameOptions, line: Line): Node | undefined {
    const name = parseName(text, options)
    const holder = this.nodes.get(name.bare)
    if (!holder) return undefined
    const held = this.of(holder).find(({ bare }) => bare === name.bare)!
    if (held.letters.join() === name.letters.join()) return holder
    const isLettered = name.letters.length > 0
    throw new NameError(
      `"${text}" and "${held.text}" would be one array, "${name.bare}": letters below a name stand ` +
        `for its axes. ${isLettered ? LITERAL : `Spell it "${held.text}" if the same is meant`}`,
      line(),
    )
  }

  /** @throws NameError for what is no name, is taken, or has letters that do not fit the node */
  give(node: Node, text: string, options: NameOptions, line: Line): void {
    const amiss = refuseName(text)
    if (amiss) throw new NameError(amiss, line())
    const name = this.#lettered(node, parseName(text, options), options)
    const holder = this.nodes.get(name.bare)
    const what = `${node.op.name} ${formatShape(node.shape)}`
    if (holder && holder !== node) {
      const hint = name.bare === text ? '' : `, and "${text}" is "${name.bare}" with letters`
      throw new NameError(
        `"${name.bare}" already names ${holder.op.name} ${formatShape(holder.shape)}${hint}`,
        line(),
      )
    }
    const twin = this.nodes.get(options.literal ? bareName(text) : text)
    if (twin && twin !== node && this.of(twin).some((other) => other.text === text)) {
      throw new NameError(`"${text}" is already a spelling of another array's name`, line())
    }
    if (name.letters.length > 0 && !name.axes) {
      throw new NameError(
        `"${text}" has ${name.letters.length} letters for the ${node.shape.length} axes of ` +
          `${what}; only axes of length 1 go without a letter. ${LITERAL}`,
        line(),
      )
    }
    this.nodes.set(name.bare, node)
    this.#remember(node, name)
    const names = this.#names.get(node) ?? []
    // A name that is given again may add its letters.
    const same = holder ? names.findIndex((other) => other.bare === name.bare) : -1
    if (same < 0) names.push(name)
    else if (names[same]!.letters.length === 0) names[same] = name
    this.#names.set(node, names)
  }

  #lettered(node: Node, name: ArrayName, given: NameOptions): ArrayName {
    const { letters } = name
    const { shape } = node
    if (letters.length === 0) return name
    const known = (k: number, length: number) => this.#lengths.get(letters[k]!)?.has(length)
    const axes = given.axes ?? letteredAxes(shape, letters.length, known)
    return axes && isLettering(axes, shape, letters.length) ? { ...name, axes } : name
  }

  #remember({ shape }: Node, { letters, axes }: ArrayName): void {
    if (!axes || isOneOfSome(shape, letters.length)) return
    letters.forEach((letter, k) => {
      const lengths = this.#lengths.get(letter) ?? new Set<number>()
      this.#lengths.set(letter, lengths.add(shape[axes[k]!]!))
    })
  }
}

/** Every axis without a letter has length 1, and the others come in their order. */
const isLettering = (axes: readonly number[], shape: Shape, count: number): boolean =>
  axes.length === count &&
  axes.every((axis, k) => axis in shape && (k === 0 || axis > axes[k - 1]!)) &&
  shape.every((length, axis) => length === 1 || axes.includes(axis))

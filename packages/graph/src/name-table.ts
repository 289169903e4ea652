// Which node has which names, both ways. Nodes are held by their names.
import { NameError } from './errors.ts'
import {
  type ArrayName,
  bareName,
  letteredAxes,
  nearNames,
  parseName,
  refuseName,
} from './names.ts'
import type { Node } from './node.ts'
import { formatShape } from './shape.ts'
import { show } from './show.ts'

export class NameTable {
  /** In the order in which they were given. */
  readonly nodes = new Map<string, Node>()
  readonly #names = new WeakMap<Node, ArrayName[]>()

  of(node: Node): readonly ArrayName[] {
    return this.#names.get(node) ?? []
  }

  /** The node of that name, in any spelling of it. @throws NameError, with near names */
  node(name: string, line: string | undefined): Node {
    if (typeof name !== 'string') throw new NameError(`a name is text, not ${show(name)}`, line)
    const found = this.nodes.get(name) ?? this.nodes.get(bareName(name))
    if (found) return found
    const near = nearNames(bareName(name), this.nodes.keys())
    const hint = near.length > 0 ? `; near it: ${near.join(', ')}` : ''
    throw new NameError(`no node is named ${show(name)}${hint}`, line)
  }

  /** @throws NameError for what is no name, is taken, or has letters that do not fit the node */
  give(node: Node, text: string, line: string | undefined): void {
    const amiss = refuseName(text)
    if (amiss) throw new NameError(amiss, line)
    const name = parseName(text)
    const holder = this.nodes.get(name.bare)
    if (holder && holder !== node) {
      throw new NameError(
        `"${name.bare}" already names ${holder.op.name} ${formatShape(holder.shape)}`,
        line,
      )
    }
    if (name.letters.length > 0 && !letteredAxes(node.shape, name.letters.length)) {
      throw new NameError(
        `"${text}" has ${name.letters.length} letters for the ${node.shape.length} axes of ` +
          `${node.op.name} ${formatShape(node.shape)}; only axes of length 1 go without a letter`,
        line,
      )
    }
    this.nodes.set(name.bare, node)
    const names = this.#names.get(node) ?? []
    // A name that is given again may add its letters.
    const same = holder ? names.findIndex((other) => other.bare === name.bare) : -1
    if (same < 0) names.push(name)
    else if (names[same]!.letters.length === 0) names[same] = name
    this.#names.set(node, names)
  }
}

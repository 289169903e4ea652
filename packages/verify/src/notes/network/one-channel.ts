// Images of two axes, conv2d(x, w) of x: input 5 5 and w: parameter 3 3: the channel and the filter
// that there is one of are written in, as axes of length 1 that no letter stands for. Lines are
// rewritten here, nothing is recorded.
import { parseName } from '@backprove/graph'
import type { Dimension, NetworkLine } from '../../document/network/lines.ts'
import type { NetworkExpression } from '../../document/network/tree.ts'
import { ClaimError } from '../../language/syntax.ts'
import { operationOf } from './elsewhere.ts'

type Leaf = Extract<NetworkLine, { kind: 'leaf' }>

/** Of an array: how many axes it has, whether a channel was added, the leaves that it is made of. */
interface Known {
  readonly rank: number | undefined
  readonly isWide: boolean
  readonly leaves: ReadonlySet<string>
}

/** How many axes of length 1 stand at which place. */
interface Added {
  readonly at: number
  readonly count: number
}

const slides = new Set(['conv2d', 'convolve2d'])
const pools = new Set(['maxPool2d', 'avgPool2d', 'l2Pool2d', 'medianPool2d', 'upsample', 'rot180'])
/** What names axes, or counts them from the first. */
const ofAxes =
  /^(?:transpose|flip|pad|slice|concat|cumsum|gather|argmax|softmax|logSoftmax|bilinear)$/
const ofAll = /^(?:sum|mean|max|min|norm|variance|prod|logSumExp)$/
const costs = /Error$|Entropy$|^(?:huber|hinge|logCosh|klDivergence|cosineSimilarity)$/

const number: Known = { rank: 0, isWide: false, leaves: new Set() }

const together = (all: readonly Known[], rank: number | undefined): Known => ({
  rank,
  isWide: all.some(({ isWide }) => isWide),
  leaves: new Set(all.flatMap(({ leaves }) => [...leaves])),
})

const broadcast = (all: readonly Known[]): Known =>
  together(
    all,
    all.some(({ rank }) => rank === undefined)
      ? undefined
      : Math.max(0, ...all.map(({ rank }) => rank!)),
  )

class Reader {
  readonly known = new Map<string, Known>()
  readonly added = new Map<string, Added>()

  add({ leaves }: Known, added: Added): void {
    for (const leaf of leaves) if (!this.added.has(leaf)) this.added.set(leaf, added)
  }

  named(name: string): Known | undefined {
    return (
      this.known.get(name) ??
      this.known.get(parseName(name).bare) ??
      this.known.get(name.replace(/\^.*$/, ''))
    )
  }

  /** Beside an image with its channel, one of two axes has its channel too. */
  beside(all: readonly Known[]): Known {
    const isImage = all.some(({ isWide, rank }) => isWide && rank === 3)
    if (isImage) for (const each of all) if (each.rank === 2) this.add(each, { at: 0, count: 1 })
    return broadcast(all)
  }

  /** The image, and the filters: one of two axes, several of three, or one with channels. */
  slid([image, filter]: readonly Known[]): Known {
    if (image?.rank === 2) this.add(image, { at: 0, count: 1 })
    if (filter?.rank === 2) this.add(filter, { at: 0, count: 2 })
    if (filter?.rank === 3)
      this.add(filter, { at: image?.rank === 2 || image?.isWide ? 1 : 0, count: 1 })
    const made = together([image ?? number], image?.rank === 2 ? 3 : image?.rank)
    return { ...made, isWide: made.isWide || image?.rank === 2 }
  }

  called(call: Extract<NetworkExpression, { kind: 'call' }>): Known {
    const point = call.op.lastIndexOf('.')
    const owner = point > 0 ? this.named(call.op.slice(0, point)) : undefined
    const name = operationOf(owner ? call.op.slice(point + 1) : call.op)?.name ?? ''
    const read = call.operands.map((each) => this.read(each))
    const all = owner ? [owner, ...read] : read
    if (slides.has(name)) {
      const bias = call.options.find((option) => option.name === 'bias')
      const read = bias && this.read(bias.value)
      if (read?.rank === 0) this.add(read, { at: 0, count: 1 })
      return this.slid(all)
    }
    if (pools.has(name)) return all[0] ?? number
    const saysAxes = call.options.length > 0 || all.length > 1
    if (all[0]?.isWide && (ofAxes.test(name) || (ofAll.test(name) && saysAxes)))
      throw new ClaimError(
        `Its image has one channel, which is an axis too: write it, x: input 1 5 5, and say which ` +
          `axes ${name} takes`,
        call.span,
      )
    if (ofAll.test(name)) return together(all, saysAxes ? undefined : 0)
    if (costs.test(name)) {
      this.beside(all)
      return together(all, 0)
    }
    if (name === 'flatten') return { ...together(all, 1), isWide: false }
    if (name === 'matmul' || name === 'dense' || name === 'reshape' || name === '')
      return { ...together(all, undefined), isWide: false }
    return this.beside(all)
  }

  read(expression: NetworkExpression): Known {
    switch (expression.kind) {
      case 'number':
      case 'text':
        return number
      case 'sum':
      case 'replaced':
        return {
          ...this.read(expression.kind === 'sum' ? expression.body : expression.base),
          rank: undefined,
          isWide: false,
        }
      case 'name':
        return this.named(expression.name) ?? { ...number, rank: undefined }
      case 'negation':
        return this.read(expression.operand)
      case 'power':
        return this.beside([this.read(expression.base), this.read(expression.exponent)])
      case 'transposed':
        return { ...this.read(expression.operand), rank: undefined }
      case 'entry':
        return { ...this.read(expression.base), rank: undefined, isWide: false }
      case 'list':
        return together(
          expression.items.map((item) => this.read(item)),
          undefined,
        )
      case 'binary': {
        const sides = [this.read(expression.left), this.read(expression.right)]
        const isProduct = expression.operator === '@' || expression.operator === 'beside'
        const isOfNumber = sides.some(({ rank }) => rank === 0)
        if (isProduct && !isOfNumber) return { ...together(sides, undefined), isWide: false }
        return this.beside(sides)
      }
      case 'call':
        return this.called(expression)
    }
  }
}

const letters: Readonly<Record<number, string>> = { 2: 'ij', 3: 'kij' }
const ofFilters: Readonly<Record<number, string>> = { 2: 'uv', 3: 'fuv' }

/** x as x_{ij}: what has letters is known by them, and the added axes have none. */
const lettered = ({ name, shape }: Leaf, added: Added): string => {
  const isPlain = parseName(name).letters.length === 0 && /^\p{L}\p{M}*(?:\^[^_]*)?$/u.test(name)
  const own = (added.count === 2 || added.at === 1 ? ofFilters : letters)[shape.length]
  return isPlain && own ? `${name}_{${own}}` : name
}

const one: Dimension = { length: 1 }

const widened = (line: Leaf, added: Added): Leaf => ({
  ...line,
  name: lettered(line, added),
  shape: [
    ...line.shape.slice(0, added.at),
    ...Array.from({ length: added.count }, () => one),
    ...line.shape.slice(added.at),
  ],
})

/** The lines with the axes that conv2d needs, where its images and filters are matrices. */
export const withChannels = (lines: readonly NetworkLine[]): readonly NetworkLine[] => {
  let read = lines
  // What is added to one leaf may ask for more at another: each has its turn once.
  for (let turn = 0; turn <= lines.length; turn++) {
    const reader = new Reader()
    const before = new Set(lines.flatMap((line, k) => (line === read[k] ? [] : [k])))
    for (const [k, line] of read.entries()) {
      if (line.kind === 'cost') continue
      const known =
        line.kind === 'leaf'
          ? {
              rank: line.like ? undefined : line.shape.length,
              isWide: before.has(k),
              leaves: new Set([line.name]),
            }
          : reader.read(line.value)
      reader.known.set(parseName(line.name).bare, known)
      reader.known.set(line.name, known)
    }
    const { added } = reader
    const next = read.map((line, k) => {
      const own = line.kind === 'leaf' && !before.has(k) ? added.get(line.name) : undefined
      return own ? widened(line as Leaf, own) : line
    })
    if (next.every((line, k) => line === read[k])) return read
    read = next
  }
  return read
}

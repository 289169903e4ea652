// Functions in a claim: σ, exp, a layer's own activation, and those of whole arrays.

import type { Node } from '@backprove/graph'
import { constantValue, minus, type Polynomial } from '../../arithmetic/polynomial.ts'
import { sumField, sumOver } from '../../index-terms/fields.ts'
import { type Field, term } from '../../index-terms/terms.ts'
import { vanishesAtZero } from '../../language/letter-reads.ts'
import type { Resolved } from '../../language/resolved.ts'
import { waysToSum } from '../../lower/arrays.ts'
import { activationOf } from '../../network/activation.ts'
import { poolingsOf } from '../../network/pooling.ts'
import { wordOps } from '../../network/word-ops.ts'
import { isInside, positiveMask, readField, valueOfSize } from '../functions/apply.ts'
import { elementary, reciprocal } from '../functions/elementary.ts'
import type { Index, Terms } from '../functions/functions.ts'
import { type Elementwise, elementwiseOf } from '../functions/scalar-functions.ts'
import { inverseOf } from '../functions/scalars.ts'
import { plainField, singleAccess } from '../plain.ts'
import { productOfTerms } from '../products.ts'
import { windowOf } from '../sizes/windows.ts'
import { UnsupportedError } from '../unsupported.ts'
import { blownUp, bordered, number, turned, type Value, valueOfField } from './arrays.ts'
import { entrywise } from './entrywise.ts'
import { claimValue, indexOf } from './expression.ts'
import { applied, appliedEverywhere, appliedToNumber } from './functions.ts'
import { equalShapes } from './shapes.ts'
import { type ClaimSite, nodeNamed } from './site.ts'

type Call = Extract<Resolved, { kind: 'call' }>
type Activation = Extract<Resolved, { kind: 'activation' }>

export const callOf = (node: Call | Activation, site: ClaimSite): Value => {
  if (node.kind === 'activation') {
    return elementwiseAt(activationFor(node, site), node.order, node.operand, site)
  }
  const [operand] = node.operands
  const op = wordOps[node.word]
  if (op && operand) {
    const f = { op, params: {} }
    return elementwiseAt(f, node.order, operand, site, vanishesAtZero(node))
  }
  const rule = arrayCalls[node.word]
  if (!rule || !operand) throw new UnsupportedError(`${node.word} of this`)
  return rule(node, site)
}

const activationFor = ({ operand }: Activation, site: ClaimSite): Elementwise => {
  const found = activationOf(site.network, layerOf(operand, site))
  if (!found) throw new UnsupportedError('an activation of no layer')
  return elementwiseOf(found.value)
}

/** The array whose layer decides which activation a(z) is. */
const layerOf = (operand: Resolved, site: ClaimSite): Node | undefined => {
  if (operand.kind === 'array') return nodeNamed(site, operand.name)
  return operand.kind === 'entry' ? layerOf(operand.array, site) : undefined
}

const elementwiseAt = (
  f: Elementwise,
  order: number,
  node: Resolved,
  site: ClaimSite,
  vanishes = false,
): Value => {
  const apply = (argument: Field): Field => site.model.derived(f, order, argument)
  const value = claimValue(node, site)
  if (value.kind === 'array') return appliedEverywhere(apply, node, site)
  const access = singleAccess(value.terms)
  if (!access) return number(appliedToNumber(apply, node, site))
  const { array, index } = access
  // Outside of the array, f(0): only the function itself, not read from its line, is known there.
  if (isInside(index, array.shape, site)) return number(apply(plainField(array)).at(index))
  if (vanishes) return number(readField(apply(plainField(array)), index))
  return number(appliedToNumber(apply, node, site))
}

const wholeArray = (node: Call, site: ClaimSite): Field => {
  const value = claimValue(node.operands[0]!, site)
  if (value.kind === 'number') throw new UnsupportedError(`${node.word} of a number`)
  return value.field
}

const listed = (node: Resolved | undefined, site: ClaimSite): Polynomial[] =>
  node?.kind === 'list'
    ? node.items.flatMap((item) => listed(item, site))
    : node
      ? [indexOf(node, site)]
      : []

const up = (node: Call, site: ClaimSite): Value => {
  const field = wholeArray(node, site)
  const [first, second = first] = listed(node.operands[1], site)
  if (first && second) {
    if ([first, second].some((p) => (constantValue(p) ?? 0n) < 1n))
      throw new UnsupportedError('up by a symbolic factor')
    return valueOfField(blownUp(field, [first, second]))
  }
  return upOfPooling(field, site)
}

/** By the block of the pooling whose result has that size, to the size of what it pools. */
const upOfPooling = (field: Field, site: ClaimSite): Value => {
  const { shapeOf, sizes } = site.model.network
  const poolings = poolingsOf(site.network)
  const recorded = field.shape.slice(-2).map(sizes.recorded).join()
  const own = poolings.filter((pooling) => pooling.shape.slice(-2).join() === recorded)
  const candidates = own.length > 0 ? own : poolings
  const sizeOf = (pooling: Node) => (pooling.params as { size: readonly [number, number] }).size
  const isOneSize = new Set(candidates.map((each) => sizeOf(each).join())).size === 1
  const pooling = own.find((each) =>
    equalShapes(shapeOf(each).shape.slice(-2), field.shape.slice(-2)),
  )
  const windows = (pooling ? [pooling] : candidates).map((each) =>
    windowOf(shapeOf(each).letters, sizeOf(each)),
  )
  const [block, ...others] = windows
  if (!block || !isOneSize || others.some((other) => !equalShapes(block, other)))
    throw new UnsupportedError('up by an unknown factor')
  const image = pooling && shapeOf(pooling.args[0]!).shape
  return valueOfField(blownUp(field, block, image))
}

const pad = (node: Call, site: ClaimSite): Value => {
  const field = wholeArray(node, site)
  const border = node.operands[1]
  const isNested = border?.kind === 'list' && border.items.some((item) => item.kind === 'list')
  const widths = listed(border, site)
  if (isNested && widths.length !== 4) throw new UnsupportedError('pad by an unknown border')
  const [a, b = a, c, d] = widths
  if (!a || !b || field.shape.length < 2) throw new UnsupportedError('pad by an unknown border')
  return valueOfField(
    bordered(
      field,
      isNested
        ? [
            [a, b],
            [c!, d!],
          ]
        : [
            [a, a],
            [b, b],
          ],
    ),
  )
}

const mean = (node: Call, site: ClaimSite): Value => {
  const field = wholeArray(node, site)
  const count = field.shape.reduce(
    (product, length) => productOfTerms(product, valueOfSize(length)),
    [term({})] as ReturnType<typeof valueOfSize>,
  )
  const share = inverseOf(count, (f) =>
    site.model.functions.apply(f, { shape: [], at: () => count }).at([]),
  )
  return number(productOfTerms(share, sumField(field).at([])))
}

const diag = (node: Call, site: ClaimSite): Value => {
  const field = wholeArray(node, site)
  const [n, columns] = field.shape
  if (field.shape.length === 1) {
    const at = ([i, j]: Index) =>
      field.at([i!]).map((t) => ({ ...t, equations: [...t.equations, minus(i!, j!)] }))
    return valueOfField({ shape: [n!, n!], at })
  }
  if (field.shape.length !== 2 || !equalShapes([n!], [columns!])) {
    throw new UnsupportedError('diag of this')
  }
  return valueOfField({ shape: [n!], at: ([i]) => field.at([i!, i!]) })
}

/** Along the last axis, as the op's line: e^x / Σ e^x. */
const softmax = (node: Call, site: ClaimSite): Value => {
  const [operand] = node.operands
  wholeArray(node, site)
  const { functions } = site.model
  const apply = (field: Field): Field => {
    const powers = functions.apply(elementary.exp, field)
    const last = field.shape.slice(-1)
    const rows = (index: Index) => index.slice(0, -1)
    const sums: Field = {
      shape: rows(field.shape),
      at: (row) => sumOver(last, (k) => powers.at([...row, ...k])),
    }
    const shares = functions.apply(reciprocal, sums)
    const at = (index: Index) => productOfTerms(powers.at(index), shares.at(rows(index)))
    return { shape: field.shape, at }
  }
  return appliedEverywhere(apply, operand!, site)
}

/** max(a, b) = a + [b > a](b − a). */
const larger =
  (which: 'max' | 'min') =>
  (node: Call, site: ClaimSite): Value => {
    const [a, b] = node.operands
    if (!a || !b || node.operands.length > 2) throw new UnsupportedError(`${which} of this`)
    const { span } = node
    const isZero = a.kind === 'numeral' && a.value.numerator === 0n
    const minusA: Resolved = { kind: 'negation', operand: a, span }
    const difference: Resolved = isZero ? b : { kind: 'addition', terms: [b, minusA], span }
    const compared: Resolved =
      which === 'max' ? difference : { kind: 'negation', operand: difference, span }
    let mask: Value | undefined
    positiveMask((f) => {
      mask = applied(f, compared, site)
      return []
    })
    const step = entrywise('⊙', [mask!, claimValue(difference, site)], site, (values) =>
      values.reduce(productOfTerms),
    )
    return entrywise(which, [claimValue(a, site), step], site, (values) => values.flat())
  }

const arrayCalls: Partial<Record<Call['word'], (node: Call, site: ClaimSite) => Value>> = {
  rot180: (node, site) => valueOfField(turned(wholeArray(node, site))),
  flip: (node, site) => valueOfField(turned(wholeArray(node, site))),
  transpose: (node, site) =>
    claimValue({ kind: 'transposed', operand: node.operands[0]!, span: node.span }, site),
  up,
  pad,
  sum: (node, site) => {
    const value = claimValue(node.operands[0]!, site)
    if (value.kind === 'number') return value
    const { field } = value
    const ways = waysToSum(field.shape.length)
    const kept = ways[site.choose(ways.length, node)]!
    const at = (index: Index): Terms =>
      sumOver(field.shape.slice(kept), (rest) => field.at([...index, ...rest]))
    return valueOfField({ shape: field.shape.slice(0, kept), at })
  },
  mean,
  diag,
  ones: (node, site) => valueOfField({ ...wholeArray(node, site), at: () => [term({})] }),
  softmax,
  max: larger('max'),
  min: larger('min'),
}

// Indices of a claim: whole numbers made of letters, sizes and ⌊ ⌋.

import { at, choice, length as lengthOf, minus, over, plus, times, whole } from '../core/build.ts'
import type { Choice, Index } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import type { Word } from '../language/syntax.ts'
import { type Site, sizeNamed } from './site.ts'

const choices: Partial<Record<Word, Choice>> = {
  floor: 'floor',
  ceil: 'ceil',
  abs: 'abs',
  max: 'max',
  min: 'min',
}

/** Whether it is made of letters, sizes and numbers alone. */
export const isIndexValue = (node: Resolved): boolean => {
  switch (node.kind) {
    case 'numeral':
    case 'index':
    case 'size':
      return true
    case 'product':
      return node.factors.every(isIndexValue)
    case 'addition':
      return node.terms.every(isIndexValue)
    case 'negation':
      return isIndexValue(node.operand)
    case 'quotient':
      return isIndexValue(node.numerator) && isIndexValue(node.denominator)
    case 'power':
      return isIndexValue(node.base) && isIndexValue(node.exponent)
    case 'call':
      return choices[node.word] !== undefined && node.operands.every(isIndexValue)
    default:
      return false
  }
}

/** @throws ConcreteError where it is no index */
export const indexOf = (node: Resolved, site: Site): Index => {
  const part = (inner: Resolved) => indexOf(inner, site)
  switch (node.kind) {
    case 'numeral':
      return over(whole(node.value.numerator), whole(node.value.denominator))
    case 'index': {
      const letter = site.letters.get(node.name)
      if (!letter) throw new ConcreteError(`Nothing bounds the index ${node.name}`)
      return at(letter)
    }
    case 'size': {
      const length = sizeNamed(site, node.name)
      if (length === undefined) throw new ConcreteError(`${node.name} is no size of the graph`)
      return lengthOf(length)
    }
    case 'product':
      return times(...node.factors.map(part))
    case 'addition':
      return plus(...node.terms.map(part))
    case 'negation':
      return minus(whole(0), part(node.operand))
    case 'quotient':
      return over(part(node.numerator), part(node.denominator))
    case 'power':
      return { kind: 'raised', base: part(node.base), exponent: part(node.exponent) }
    case 'call': {
      const by = choices[node.word]
      if (by) return choice(by, ...node.operands.map(part))
      break
    }
  }
  throw new ConcreteError('An index is made of whole numbers, index letters and sizes')
}

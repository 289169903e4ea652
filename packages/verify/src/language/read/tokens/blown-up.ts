// Kronecker products with blocks of ones.
import { onesLetter } from '../../lexicon.ts'
import { isSign, splitAt } from './cursor.ts'
import { type Idiom, spelt } from './spelt.ts'
import type { Token } from './tokens.ts'

/** kron(A, 1_{2×2}): every cell blown up to a block. */
export const blownUp = (tokens: readonly Token[], at: number): Idiom | undefined => {
  const used = spelt(tokens, at, 'kron')
  const group = tokens[at + used]
  if (used === 0 || group?.type !== 'group' || group.text !== '(') return undefined
  const [array, ones, ...others] = splitAt(group.body!, ',')
  const [one, ...more] = ones ?? []
  const [rows, sign, columns, ...rest] = one?.subscript?.tokens ?? []
  const isOnes = one?.text === onesLetter || one?.text === '1'
  const isBlock = isSign(sign, '·') && rows!.type === 'number' && rows!.text === columns?.text
  if (!array || !isOnes || !isBlock || [others, more, rest].some(({ length }) => length > 0))
    return undefined
  const word: Token = { ...tokens[at]!, type: 'function', text: 'up' }
  const comma: Token = { ...sign!, text: ',' }
  return { made: [word, { ...group, body: [...array, comma, rows!] }], used: used + 1 }
}

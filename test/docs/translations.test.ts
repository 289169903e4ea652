// Every page has its Chinese one, with the same code, formulas and headings: what the English page
// runs and checks, the Chinese one does. Pages that changed since are named, and fail nothing.
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chinese, guidePages, pair, skeletonOf, stale, withCodeOf } from './translations.ts'

const pages = guidePages().filter((page) => !page.startsWith('decisions/'))

test('every page is there in Chinese', () => {
  expect(pages.length).toBeGreaterThan(20)
  expect(pages.filter((page) => !existsSync(chinese(page)))).toEqual([])
})

const late = stale()
const current = guidePages().filter((page) => existsSync(chinese(page)) && !late.includes(page))

describe.each(current)('%s', (page) => {
  test('holds the same code, formulas and headings', () => {
    const [english, own] = pair(page)
    expect(skeletonOf(own)).toEqual(skeletonOf(english))
    expect(own).toMatch(/\p{Script=Han}/u)
  })
})

test('pages whose English text has changed since are named', () => {
  if (late.length > 0) console.log(`Translated before the text changed: ${late.join(', ')}`)
})

test('code of the English page goes into the places of the other', () => {
  const [english, own] = ['a\n```ts\n1\n2\n```\n', '甲\n```ts\n0\n```\n乙']
  expect(withCodeOf(english, own)).toBe('甲\n```ts\n1\n2\n```\n乙')
  expect(skeletonOf(own)).not.toEqual(skeletonOf(english))
})

// One sentence, one verdict; the long run, over all cases, is properties.ts.
import { describe, expect, it } from 'vitest'
import { casesOf } from './oracle/cases.ts'
import { properties } from './oracle/same-verdict.ts'

describe.each(Object.entries(properties))('%s', (_, property) => {
  it.each(casesOf(9))(
    'of %s',
    (_source, cases) => {
      const differ: string[] = []
      let compared = 0
      for (const each of cases()) {
        const difference = property(each)
        compared++
        if (difference) differ.push(`${each.text}: ${difference}`)
      }
      console.log(`${compared} claims`)
      expect(differ).toEqual([])
    },
    240_000,
  )
})

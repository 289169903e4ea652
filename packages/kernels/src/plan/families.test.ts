// What ops say of themselves against the table of families.
import { ops } from '@backprove/graph'
import { expect, test } from 'vitest'
import { familyOf } from './families.ts'
import { families } from './family-table.ts'

test.each(Object.entries(families))('%s is of the family %s', (name, family) => {
  expect(familyOf(ops[name as keyof typeof ops])).toBe(family)
})

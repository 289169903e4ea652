// The tables of docs/ops.md and docs/layers.md say what the library does, and all of it.
import { readFileSync } from 'node:fs'
import * as g from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { pathOf, rowsIn, statedIn, TABLES, tableRows } from './tables.ts'

const textOf = (page: string, language: 'en' | 'zh'): string =>
  readFileSync(pathOf(page, language), 'utf8')

describe.each(Object.entries(TABLES))('%s', (name, table) => {
  const rows = table.rows()
  const stated = rowsIn(textOf(table.page, 'en'), name).slice(2)
  const verdicts = rows.map(({ verdict }, k) => (verdict ? statedIn(stated[k] ?? '') : undefined))

  test.each(['en', 'zh'] as const)('is as `node test/docs/tables.ts` writes it, %s', (language) => {
    expect(rowsIn(textOf(table.page, language), name)).toEqual(
      tableRows(table, rows, verdicts, language),
    )
  })

  // Every third of those: the others are written by the same program.
  const proved = rows
    .flatMap(({ cells, verdict }, k) =>
      verdicts[k] === 'all sizes' && verdict ? [[cells[0]!, verdict] as const] : [],
    )
    .filter((_, k) => k % 3 === 0)
  const isProved = () => {
    for (const [op, verdict] of proved) expect([op, verdict()]).toEqual([op, 'all sizes'])
  }
  if (proved.length > 0) test('what it states as proved is proved', isProved)
})

/** Functions that record nothing of their own, and those that read or differentiate graphs. */
const OTHERS = [
  ...['activation', 'apply', 'asNamed', 'axisLetters', 'bareName', 'bareNameIn', 'bindAxes'],
  ...['boundRules', 'broadcastShapes', 'chainStep', 'checkWindows', 'constantName'],
  ...['consumersOf', 'defineOp'],
  ...['dependents', 'describeNode', 'display', 'displayed', 'dot', 'evaluate', 'evaluateBounds'],
  ...[
    'flattenNumbers',
    'formatShape',
    'formula',
    'graphFromJSON',
    'instanceOf',
    'isOneOfSome',
    'isOp',
  ],
  ...['label', 'latex', 'letteredAxes', 'lineOf', 'lineText', 'localCopy', 'match', 'mediaOf'],
  ...['nearNames', 'noMore', 'operandNames', 'opName', 'opNamed', 'optionError', 'outputSize'],
  ...['parseName'],
  ...['patternOf', 'pooledSize', 'readOptions', 'resolvePads', 'sameShape', 'sentenceOf'],
  ...['shapesOf', 'show', 'simplify', 'sizeOf', 'slopedArgs', 'stridesOf', 'symbolValues', 'text'],
  ...['toGraphlib', 'topologicalOrder', 'withHints', 'withoutProperties'],
]

test('every function that records is in a table', () => {
  const page = textOf('ops.md', 'en')
  const functions = Object.keys(g).filter((name) => {
    return typeof (g as Record<string, unknown>)[name] === 'function' && /^[a-z]/.test(name)
  })
  const missing = functions.filter((name) => !page.includes(`\`${name}\``))
  expect(missing.filter((name) => !OTHERS.includes(name))).toEqual([])
})

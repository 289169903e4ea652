// Misuses of the pages: each is an error that says what was given.
import { Graph, square, sum } from '@backprove/graph'
import { expect, test } from 'vitest'
import * as viewer from './index.ts'

type Call = (...given: unknown[]) => Promise<unknown>
const call = viewer as unknown as Record<string, Call>
const x = new Graph().input('x', [2])
const C = sum(square(x)).as('C')

test.each<[string, RegExp, unknown[]]>([
  ['page', /view: undefined is neither the cost of a network nor a model/, []],
  ['page', /the cost has shape \[2\]; it must be one number/, [x]],
  ['page', /page: there is no option "titel"; is title meant\?/, [C, { titel: 'a' }]],
  [
    'page',
    /language is "klingon"; it must be 'en', 'zh-CN' or 'auto'/,
    [C, { language: 'klingon' }],
  ],
  ['page', /title is 3; it must be text/, [C, { title: 3 }]],
  ['page', /layers is 3; it must be the layers of a model/, [C, { layers: 3 }]],
  ['page', /output is "y"; it must be a node of the graph/, [C, { output: 'y' }]],
  ['page', /lines is 3; it must be texts/, [C, { lines: 3 }]],
  ['page', /values is 3; it must be numbers/, [C, { values: 3 }]],
  ['graphPage', /view document: a node is none; page\(cost\) writes/, [C]],
  ['graphPage', /text is none; is JSON\.parse\(text\) meant/, ['{}']],
  ['notesPage', /the options are "notes\.md"; they are \{ notes, language \}/, ['notes.md']],
  ['notesPage', /there is no option "note"; is notes meant\?/, [{ note: 'x' }]],
  ['notesPage', /notes is 3; it must be text/, [{ notes: 3 }]],
  ['derivationPage', /3 is no derivation; derivation\(cost, wrt\)/, [3]],
  ['derivationPage', /there is no option "titel"/, [[], { titel: 'x' }]],
  ['asset', /asset: name is "\.\.\/x"; it must be one of graph-page\.js/, ['../x']],
])('%s: %s', async (name, message, given) => {
  await expect(call[name]!(...given)).rejects.toThrow(message)
})

test('a model is shown with its output, its layers and its numbers', () => {
  const y = square(x)
  const model = { cost: sum(y).as('cost'), y, layers: [], values: { x: [1, 2] } }
  const { cost, layers, values } = model
  const view = viewer.viewDocument(model)
  expect(view).toEqual(viewer.viewDocument(cost, { output: y, layers, values }))
  expect(() => viewer.viewDocument(model, { clases: [] } as never)).toThrow(/is classes meant/)
})

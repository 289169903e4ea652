// Sentences in a second language without their codes: those are the first language's, in its order.
import ts from 'typescript'

type Table = ReadonlyMap<string, string>

/** Each exported table of a module: its codes, and the expressions of their sentences. */
function tablesOf(source: string): Map<string, Table> {
  const file = ts.createSourceFile('table.ts', source, ts.ScriptTarget.Latest, false)
  const tables = new Map<string, Table>()
  for (const each of file.statements) {
    const [declared] = ts.isVariableStatement(each) ? each.declarationList.declarations : []
    const given = declared?.initializer
    const table = given && ts.isAsExpression(given) ? given.expression : given
    if (!declared || !table || !ts.isObjectLiteralExpression(table)) continue
    const rows = table.properties.map((property) => {
      const isRow = ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)
      if (!isRow) throw new Error('a table of sentences holds codes and sentences alone')
      const { name, initializer } = property
      return [
        'text' in name ? name.text : name.getText(file),
        source.slice(initializer.getStart(file), initializer.end),
      ] as const
    })
    tables.set(declared.name.getText(file), new Map(rows))
  }
  return tables
}

/**
 * The module of the translation, which imports the first language's from `path`.
 * @throws Error where it has not the same codes
 */
export function inOrder(translation: string, first: string, path: string): string {
  const firsts = tablesOf(first)
  const tables = [...tablesOf(translation)].map(([name, table]) => {
    const codes = [...(firsts.get(name)?.keys() ?? [])]
    const missing = codes.filter((code) => !table.has(code))
    if (codes.length !== table.size || missing.length > 0)
      throw new Error(`the codes of ${name} differ in a translation: ${missing}`)
    const sentences = codes.map((code) => table.get(code))
    return `export const ${name} = withCodes(english.${name}, [${sentences}])`
  })
  return [
    `import * as english from ${JSON.stringify(path)}`,
    'const withCodes = (first, sentences) =>',
    '  Object.fromEntries(Object.keys(first).map((code, k) => [code, sentences[k]]))',
    ...tables,
  ].join('\n')
}

/** A code that is said nowhere but in tables, as a page has it: the table's letter and a number. */
export function shortCodes(first: string, isSaid: (code: string) => boolean): string {
  const file = ts.createSourceFile('table.ts', first, ts.ScriptTarget.Latest, false)
  const edits: { readonly from: number; readonly to: number; readonly code: string }[] = []
  for (const each of file.statements) {
    const [declared] = ts.isVariableStatement(each) ? each.declarationList.declarations : []
    const letter = declared?.name.getText(file)[0]
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) && !isSaid(node.name.text))
        edits.push({
          ...{ from: node.name.getStart(file), to: node.name.end },
          code: `${letter}${edits.length.toString(36)}`,
        })
      else ts.forEachChild(node, visit)
    }
    visit(each)
  }
  return edits
    .reverse()
    .reduce((text, { from, to, code }) => text.slice(0, from) + code + text.slice(to), first)
}

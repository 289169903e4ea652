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

/** A table of sentences without those that nothing says in a page. */
export function without(source: string, codes: readonly string[]): string {
  const file = ts.createSourceFile('table.ts', source, ts.ScriptTarget.Latest, false)
  const cuts: (readonly [start: number, end: number])[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name))
      if (codes.includes(node.name.text)) cuts.push([node.getStart(file), node.end])
    ts.forEachChild(node, visit)
  }
  visit(file)
  return cuts.reduceRight((text, [start, end]) => {
    return text.slice(0, start) + text.slice(end).replace(/^,/, '')
  }, source)
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

/**
 * A table whose codes are said nowhere but in tables, as a page has it: they are its name and a
 * number, which nobody writes.
 */
export function shortCodes(first: string, isSaid: (code: string) => boolean): string {
  const file = ts.createSourceFile('table.ts', first, ts.ScriptTarget.Latest, false)
  let runs = 0
  const shortened = (table: ts.ObjectLiteralExpression, name: string): string => {
    const rows = table.properties.map((row) => {
      const isLong = ts.isPropertyAssignment(row) && ts.isStringLiteral(row.name)
      const short = isLong && !isSaid((row.name as ts.StringLiteral).text)
      return { text: row.getText(file), short: short ? row.initializer.getText(file) : undefined }
    })
    const parts: string[] = []
    for (const [at, { text, short }] of rows.entries()) {
      if (short === undefined) parts.push(text)
      else if (rows[at - 1]?.short === undefined)
        parts.push(`...coded('${name}${runs++}-', [${short}])`)
      else parts.push(parts.pop()!.replace(/\]\)$/, () => `,${short}])`))
    }
    return `{${parts}}`
  }
  const tables = file.statements.flatMap((each) => {
    const [declared] = ts.isVariableStatement(each) ? each.declarationList.declarations : []
    const given = declared?.initializer
    const table = given && ts.isAsExpression(given) ? given.expression : given
    if (!table || !ts.isObjectLiteralExpression(table)) return [each.getText(file)]
    const name = declared!.name.getText(file)
    return [`export const ${name} = ${shortened(table, name)}`]
  })
  return [
    'const coded = (name, all) => Object.fromEntries(all.map((text, k) => [name + k, text]))',
    ...tables,
  ].join('\n')
}

// Arrow functions that a module holds, in its constants and tables, written as what an engine reads
// when it is called: of a `function` V8 reads the body no sooner, of an arrow function of a module
// as it loads the module, and once more when it is called.
import ts from 'typescript'

/** The source, each arrow function that stands in no other and in no class as a `function`. */
export function readWhenCalled(text: string, path = 'module.ts'): string {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const arrows: ts.ArrowFunction[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isArrowFunction(node)) arrows.push(node)
    else if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit)
  }
  visit(source)
  return arrows.reduceRight((written, arrow) => {
    const { body, equalsGreaterThanToken, modifiers } = arrow
    const start = arrow.getStart(source)
    const signed = modifiers?.end ?? start
    const head = written.slice(signed, equalsGreaterThanToken.getStart(source)).trim()
    // Lines stay where they are.
    const made = written.slice(body.pos, body.end).trimEnd()
    const signature = head.includes('(') ? head : `(${head})`
    const does = ts.isBlock(body) ? made.trimStart() : `{ return (${made}) }`
    const before = `${written.slice(start, signed)} function`.trimStart()
    return `${written.slice(0, start)}${before} ${signature} ${does}${written.slice(arrow.end)}`
  }, text)
}

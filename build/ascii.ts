// What a package's files hold is ASCII: one character of another kind, and V8 keeps a whole file in
// two bytes a character, which takes longer to read. esbuild escapes what strings hold; patterns
// and raw strings it leaves as they are written, and some comments, which the maps show.
import ts from 'typescript'

const other = /[^\0-\x7f]/
const others = /[^\0-\x7f]/g
const comments = /\/\/.*|\/\*(?:.|\n)*?\*\//g

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The source for esbuild to write in ASCII; lines stay where they are. */
export function inAscii(text: string, path = 'module.ts'): string {
  if (!other.test(text)) return text
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const parts: string[] = []
  let end = 0
  const write = (node: ts.Node, made: (written: string) => string): void => {
    const start = node.getStart(source)
    parts.push(text.slice(end, start).replaceAll(comments, withoutOthers))
    parts.push(made(text.slice(start, node.end)))
    end = node.end
  }
  const visit = (node: ts.Node, isRaw: boolean): void => {
    const inner = node.getChildren(source).filter((child) => !ts.isJSDoc(child))
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(source) === 'String.raw') {
      write(node.tag, () => '')
      visit(node.template, true)
    } else if (ts.isRegularExpressionLiteral(node))
      write(node, (written) => written.replaceAll(others, escaped))
    else if (ts.isTemplateSpan(node)) {
      visit(node.expression, false)
      visit(node.literal, isRaw)
    } else if (inner.length > 0) for (const child of inner) visit(child, isRaw)
    else write(node, (written) => (isRaw && isText(node) ? cooked(written) : written))
  }
  visit(source, false)
  return parts.join('')
}

const isText = ({ kind }: ts.Node): boolean =>
  kind >= ts.SyntaxKind.FirstTemplateToken && kind <= ts.SyntaxKind.LastTemplateToken

/** The text of a raw string as that of one in which `\` escapes. */
const cooked = (written: string): string =>
  written.replaceAll(
    /\\(.)/gs,
    (_, next: string) => `\\\\${/[`$\\]/.test(next) ? `\\${next}` : next}`,
  )

const withoutOthers = (comment: string): string =>
  other.test(comment) ? comment.replaceAll(/[^\n]/g, '') : comment

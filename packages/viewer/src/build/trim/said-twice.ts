// A text that stands in a script twice is kept once. Every refusal does: where it is thrown, and in
// the table by which it is known and said in another language.
import ts from 'typescript'

/** Shorter ones cost less where they stand than a name does. */
const LEAST = 18
const SLOT = /<[a-z]+>/

interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Texts of a script: those that are said as they are, and those with values in them. */
interface Texts {
  readonly plain: Map<string, ts.Node[]>
  readonly filled: Map<string, ts.TemplateExpression[]>
}

/** A name in quotes says what a property is called. */
const isName = (node: ts.Node, parent: ts.Node): boolean =>
  ('name' in parent && parent.name === node) ||
  ('propertyName' in parent && parent.propertyName === node) ||
  ts.isTaggedTemplateExpression(parent) ||
  ts.isExpressionStatement(parent) ||
  ts.isImportDeclaration(parent)

/** What a text with values says beside them: parts that a value stands between. */
const partsOf = ({ head, templateSpans }: ts.TemplateExpression): string[] => [
  head.text,
  ...templateSpans.map(({ literal }) => literal.text),
]

function textsOf(file: ts.SourceFile): Texts {
  const texts: Texts = { plain: new Map(), filled: new Map() }
  const keep = <N>(into: Map<string, N[]>, key: string, node: N): void => {
    const list = into.get(key)
    if (list) list.push(node)
    else into.set(key, [node])
  }
  const visit = (node: ts.Node, parent: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (node.text.length >= LEAST && !isName(node, parent)) keep(texts.plain, node.text, node)
    } else if (ts.isTemplateExpression(node) && !ts.isTaggedTemplateExpression(parent)) {
      const parts = partsOf(node)
      const letters = parts.join('')
      if (letters.length >= LEAST && !SLOT.test(letters)) keep(texts.filled, parts.join('<>'), node)
    }
    ts.forEachChild(node, (child) => visit(child, node))
  }
  visit(file, file)
  return texts
}

const FILL = 'const $fill=(text,...values)=>text.replace(/<[a-z]+>/g,()=>values.shift());'

/** `${a} is not ${b}` as a call: every value is read in its order, as it was. */
function callOf(node: ts.TemplateExpression, name: string, file: ts.SourceFile): Edit[] {
  const spans = node.templateSpans
  return spans.flatMap(({ expression, literal }, at) => [
    {
      from: at === 0 ? node.getStart(file) : spans[at - 1]!.literal.getStart(file),
      to: expression.getFullStart(),
      text: at === 0 ? ` $fill(${name},(` : '),(',
    },
    ...(at === spans.length - 1
      ? [{ from: literal.getStart(file), to: literal.end, text: ')) ' }]
      : []),
  ])
}

/** The script with every such text in a variable. */
export function saidOnce(script: string): string {
  const file = ts.createSourceFile('script.js', script, ts.ScriptTarget.Latest)
  const { plain, filled } = textsOf(file)
  const edits: Edit[] = []
  const kept: string[] = []
  for (const [text, nodes] of plain) {
    const templates = SLOT.test(text) ? (filled.get(text.split(SLOT).join('<>')) ?? []) : []
    // Two tables may say the same of differently named values: each template is one's.
    filled.delete(text.split(SLOT).join('<>'))
    if (nodes.length + templates.length < 2) continue
    const name = `$said${kept.length}`
    kept.push(`${name}=${JSON.stringify(text)}`)
    for (const node of nodes)
      edits.push({ from: node.getStart(file), to: node.end, text: ` ${name} ` })
    for (const node of templates) edits.push(...callOf(node, name, file))
  }
  if (kept.length === 0) return script
  return `${FILL}const ${kept};${edited(script, edits)}`
}

function edited(script: string, edits: readonly Edit[]): string {
  let from = 0
  const parts = [...edits]
    .sort((a, b) => a.from - b.from)
    .flatMap((edit) => {
      const before = script.slice(from, edit.from)
      from = edit.to
      return [before, edit.text]
    })
  return parts.join('') + script.slice(from)
}

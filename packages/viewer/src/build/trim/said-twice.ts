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

/** Lists of texts alone, such as tables of sentences have. */
function listsOf(node: ts.Node): ts.StringLiteral[][] {
  const inner: ts.StringLiteral[][] = []
  ts.forEachChild(node, (child) => {
    inner.push(...listsOf(child))
  })
  const isList = ts.isArrayLiteralExpression(node) && node.elements.length > 5
  return isList && node.elements.every(ts.isStringLiteral)
    ? [[...node.elements] as ts.StringLiteral[], ...inner]
    : inner
}

/** The script with every such text in a variable; those of a list are a part of one list. */
export function saidOnce(script: string): string {
  const file = ts.createSourceFile('script.js', script, ts.ScriptTarget.Latest)
  const { plain, filled } = textsOf(file)
  const edits: Edit[] = []
  const names = new Map<string, string>()
  const listed: string[] = []
  for (const [text, nodes] of plain) {
    const templates = SLOT.test(text) ? (filled.get(text.split(SLOT).join('<>')) ?? []) : []
    // Two tables may say the same of differently named values: each template is one's.
    filled.delete(text.split(SLOT).join('<>'))
    if (nodes.length + templates.length < 2) continue
    const name = `$said${names.size}`
    names.set(text, name)
    for (const node of nodes)
      edits.push({ from: node.getStart(file), to: node.end, text: ` ${name} ` })
    for (const node of templates) edits.push(...callOf(node, name, file))
  }
  if (names.size === 0) return script
  for (const list of listsOf(file)) {
    const texts = list.map(({ text }) => text)
    const said = texts.filter((text) => names.has(text)).length
    const isNew = new Set([...listed, ...texts]).size === listed.length + texts.length
    if (said * 2 < texts.length || !isNew) continue
    const from = listed.length
    listed.push(...texts)
    const [first, last] = [list[0]!.getStart(file), list.at(-1)!.end]
    const within = edits.filter((edit) => edit.from >= first && edit.to <= last)
    for (const edit of within) edits.splice(edits.indexOf(edit), 1)
    edits.push({ from: first, to: last, text: `...$list.slice(${from},${listed.length})` })
  }
  const alone = [...names].filter(([text]) => !listed.includes(text))
  const kept = [
    `$list=${JSON.stringify(listed)}`,
    `[${listed.map((text) => names.get(text) ?? '')}]=$list`,
    ...alone.map(([text, name]) => `${name}=${JSON.stringify(text)}`),
  ]
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

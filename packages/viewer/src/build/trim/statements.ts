// Others' modules as statements: what a page never runs is taken out before they are bundled, and
// what then is nobody's the bundler drops. Each function refuses a module of another form.
import ts from 'typescript'

const sourceOf = (text: string): ts.SourceFile =>
  ts.createSourceFile('module.mjs', text, ts.ScriptTarget.Latest, false)

/** @throws Error where the module has no such part */
export function replaced(name: string, text: string, part: RegExp, instead: string): string {
  if (!part.test(text)) throw new Error(`${name} has changed: there is no ${part}`)
  return text.replace(part, () => instead)
}

/** The statements of a module, without the comments before them. */
export function statementsOf(text: string): string[] {
  const file = sourceOf(text)
  return file.statements.map((each) => text.slice(each.getStart(file), each.end))
}

const isAct = (statement: string): boolean => /^(?:if\b|[\w$.]+\s*(?:\(|[.[]|=))/.test(statement)

/** The statements of a module that do something when it is loaded, but for those. */
export const without = (isUnused: (statement: string) => boolean, text: string): string =>
  statementsOf(text)
    .filter((each) => !isAct(each) || !isUnused(each))
    .join('\n')

/** What KaTeX's functions ask of its parser; no tree has them. */
export const PARSER_NAMES: readonly string[] = (
  'numArgs handler funcName allowedInText breakOnTokenText argTypes undefStack ' +
  'allowedInArgument consumeSpaces numOptionalArgs allowedInMath consumeArgs beginGroup ' +
  'endGroup tokenRegex primitive leftrightDepth formLigatures handleInfixNodes switchMode ' +
  'expandAfterFuture parseExpression'
).split(' ')

/** Names of a module's own making, that nothing beyond it reads, as short ones. */
export const renamed = (owner: string, names: readonly string[], text: string): string =>
  names.reduce(
    (all, name, k) => replaced(owner, all, new RegExp(`\\b${name}\\b`, 'g'), `$${k}`),
    text,
  )

/** Properties and methods of that name, wherever they stand, in another form, or left out. */
export function properties(name: RegExp, text: string, instead: (name: string) => string): string {
  const found: { from: number; to: number; name: string }[] = []
  const file = sourceOf(text)
  const visit = (node: ts.Node): void => {
    const isProperty =
      ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isMethodDeclaration(node)
    const own = isProperty && ts.isIdentifier(node.name) ? node.name.text : ''
    if (name.test(own)) found.push({ from: node.getStart(file), to: node.end, name: own })
    else ts.forEachChild(node, visit)
  }
  visit(file)
  return found.reverse().reduce((all, { from, to, name: own }) => {
    const other = instead(own)
    const after = all.slice(to)
    return all.slice(0, from) + other + (other === '' ? after.replace(/^\s*,/, '') : after)
  }, text)
}

const ACCENTED = /^(?:var|const) unicodeSymbols = (\{[\s\S]*?^\});$/m

/** A letter and its accents, of those that KaTeX knows. */
const APART = String.raw`/^[a-zα-ω][\u0300-\u0304\u0306-\u0308\u030A-\u030C\u0327]+$/i`

/** Letters with their accents, each with itself taken apart: the reader's own machine knows. */
export function withoutAccented(name: string, text: string): string {
  const table = ACCENTED.exec(text)?.[1] ?? ''
  const pairs = [...table.matchAll(/"([^"]+)": "([^"]+)"/g)].map(
    ([, letter, apart]) => [JSON.parse(`"${letter}"`), JSON.parse(`"${apart}"`)] as const,
  )
  const pattern = new RegExp(APART.slice(1, -2), 'i')
  const isTakenApart = pairs.every(
    ([letter, apart]) => letter.normalize('NFD') === apart && pattern.test(apart),
  )
  if (pairs.length === 0 || !isTakenApart)
    throw new Error(`${name} has changed: letters with accents are not taken apart as they were`)
  const apart = "text[0].normalize('NFD')"
  const asked = /Object\.prototype\.hasOwnProperty\.call\(unicodeSymbols, text\[0\]\)/
  const without = replaced(name, text.replace(ACCENTED, ''), asked, `${APART}.test(${apart})`)
  return replaced(name, without, /unicodeSymbols\[text\[0\]\]/, apart)
}

const SCRIPTS = /^var uSubsAndSups = Object\.freeze\((\{[\s\S]*?^\})\);$/m

/** Letters above and below the line, each with what it is on it, where the machine knows. */
export function withoutScripts(name: string, text: string): string {
  const table = SCRIPTS.exec(text)?.[1] ?? ''
  const pairs = [...table.matchAll(/['"]([^'"]+)['"]: ['"]([^'"]+)['"]/g)].map(
    ([, sign, plain]) => [JSON.parse(`"${sign}"`), JSON.parse(`"${plain}"`)] as [string, string],
  )
  const others = pairs.filter(([sign, plain]) => sign.normalize('NFKD') !== plain)
  const known = pairs.filter((each) => !others.includes(each)).map(([sign]) => sign)
  return replaced(
    name,
    text,
    SCRIPTS,
    `var uSubsAndSups = Object.fromEntries([...Array.from(${JSON.stringify(known.join(''))}, ` +
      `(sign) => [sign, sign.normalize('NFKD')]), ...${JSON.stringify(others)}]);`,
  )
}

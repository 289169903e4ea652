// Hundreds of calls that name a sign each, as one table: KaTeX knows its signs so.
import { SIGNS } from '../font.ts'
import { statementsOf } from './statements.ts'

/** Signs that the page's font has not, and the reader's own fonts have. */
const OTHER_SIGNS =
  '∧¨Ξℕ∀≡∝ȷ∪∩∅¬‴‘’“”–—⋅⩽⩾⊺◯⊖⊘⊚⊛⊝⊞⊟⊠⊡•∙†‡∖∔≔≕≜≝≟≪≫≲≳≺≻⪯⪰∥∦⊥∠△▽◁▷⋄◊□■▢⊂⊃⊆⊇⊄⊈∌∐∨⋁⋀⋃⋂⨀⨁⨂∫∬∮↑↓↔⇐⇔⇑⇓↦⟵⟶⟷⟸⟹⟺↗↘⊢⊨∴∵ℏℑℜℵ℘ℒℓ⋮⋱⋰‥∅≅≃≍∽⌈⌉⟨⟩⊗⊕⇒÷∃✓✗♯♭♮⌢⌣▵▿★⏞⏟⎴⎵‾⟦⟧⟮⟯'

const signs = new Set(SIGNS + OTHER_SIGNS)

const SYMBOL = /^defineSymbol\((?:\w+, )+("(?:[^"\\]|\\.)*")/

/** A sign beyond the Latin and Greek letters that neither font nor list has. */
export function isForeign(statement: string): boolean {
  const [, quoted] = SYMBOL.exec(statement) ?? []
  if (quoted === undefined) return false
  const [sign = ''] = JSON.parse(quoted) as string
  return sign > '\u2000' && sign < '\ue000' && !signs.has(sign)
}

const CALL = /^defineSymbol\(((?:\w+, )+)("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*")(, true)?\);/

interface Call {
  /** What kind of sign it is, in the module's own variables. */
  readonly kind: string
  readonly sign: string
  readonly name: string
  /** The sign itself is understood too. */
  readonly asItself: boolean
}

function callOf(statement: string): Call | undefined {
  const [, kind = '', sign, name, asItself] = CALL.exec(statement.trim()) ?? []
  if (sign === undefined || name === undefined) return undefined
  return {
    ...{ kind, sign: JSON.parse(sign), name: JSON.parse(name), asItself: asItself !== undefined },
  }
}

/** What a call enters, within its mode. */
const keys = ({ kind, sign, name, asItself }: Call): string[] => {
  const [mode] = kind.split(',')
  return [`${mode} ${name}`, ...(asItself ? [`${mode} ${sign}`] : [])]
}

/** Those that are entered once, in one table for each kind; every other call stays where it is. */
export function inTables(text: string): string {
  const statements = statementsOf(text).map((statement) => ({ statement, call: callOf(statement) }))
  const times = new Map<string, number>()
  for (const { call } of statements)
    for (const key of call ? keys(call) : []) times.set(key, (times.get(key) ?? 0) + 1)
  const fits = (call: Call | undefined): call is Call =>
    call !== undefined &&
    keys(call).every((key) => times.get(key) === 1) &&
    /^[^\\ ]+$/.test(call.sign) &&
    /^\\[^\\ ]+$/.test(call.name)
  const tables = new Map<string, string[]>()
  for (const { call } of statements) {
    if (!fits(call)) continue
    const kind = `[${call.kind}], ${call.asItself}`
    tables.set(kind, [...(tables.get(kind) ?? []), call.sign + call.name])
  }
  const rows = [...tables].map(([kind, names]) => `[${kind}, ${JSON.stringify(names.join(' '))}]`)
  const table = [
    `for (const [kind, asItself, names] of [${rows}]) for (const each of names.split(' ')) {`,
    'const at = each.indexOf("\\\\");',
    'defineSymbol(...kind, each.slice(0, at), each.slice(at), asItself);}',
  ].join('\n')
  const first = statements.findIndex(({ call }) => call)
  return statements
    .flatMap((each, k) => [
      ...(k === first ? [table] : []),
      ...(fits(each.call) ? [] : [each.statement]),
    ])
    .join('\n')
}

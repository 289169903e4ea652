// The tables of docs/ops.md and docs/layers.md, made of what they speak of: `node
// test/docs/tables.ts` writes them anew into the pages of both languages.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { layerRows } from './layers.ts'
import { compositionRows, insideRows, opRows, type Row, type Verdict } from './operations.ts'

type Language = 'en' | 'zh'

const VERDICTS: Readonly<Record<Language, Readonly<Record<Verdict, string>>>> = {
  en: {
    'all sizes': 'proved, all sizes',
    'some sizes': 'proved, some sizes',
    'this size': 'proved, this size',
    agrees: 'agrees',
    unread: 'not read',
    none: '—',
  },
  zh: {
    'all sizes': '证明了，任意大小',
    'some sizes': '证明了，部分大小',
    'this size': '证明了，此大小',
    agrees: '相符',
    unread: '读不出',
    none: '—',
  },
}

interface Table {
  readonly page: string
  readonly heads: Readonly<Record<Language, readonly string[]>>
  readonly rows: () => Row[]
}

/** By the names of the marks between which they stand. */
export const TABLES: Readonly<Record<string, Table>> = {
  ops: {
    page: 'ops.md',
    heads: {
      en: ['op', 'line', 'options', 'derivative', 'the derivative is'],
      zh: ['运算', '定义行', '选项', '导数', '验证结果'],
    },
    rows: opRows,
  },
  compositions: {
    page: 'ops.md',
    heads: {
      en: ['function', 'options', 'formulas', 'they are'],
      zh: ['函数', '选项', '公式', '公式'],
    },
    rows: compositionRows,
  },
  inside: {
    page: 'ops.md',
    heads: { en: ['op', 'line'], zh: ['运算', '定义行'] },
    rows: insideRows,
  },
  layers: {
    page: 'layers.md',
    heads: {
      en: ['layer', 'a sample', 'parameters', 'options'],
      zh: ['层', '一个样本', '参数', '选项'],
    },
    rows: layerRows,
  },
}

const rowText = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The rows of a table, those of its head first; each with the verdict of that place. */
export function tableRows(
  { heads }: Table,
  rows: readonly Row[],
  verdicts: readonly (Verdict | undefined)[],
  language: Language,
): string[] {
  const head = heads[language]
  return [
    rowText(head),
    `|${head.map(() => '---|').join('')}`,
    ...rows.map(({ cells }, k) => {
      const verdict = verdicts[k]
      return rowText(verdict === undefined ? cells : [...cells, VERDICTS[language][verdict]])
    }),
  ]
}

export const pathOf = (page: string, language: Language): string =>
  fileURLToPath(new URL(`../../docs/${language === 'zh' ? 'zh/' : ''}${page}`, import.meta.url))

const between = (name: string): RegExp =>
  new RegExp(`(<!-- table: ${name} -->\n\n)[\\s\\S]*?(\n\n<!-- end -->)`)

/** The rows of the table of that name as a page has it. */
export const rowsIn = (text: string, name: string): string[] =>
  between(name).exec(text)![0].split('\n').slice(2, -2)

/** The verdict that a row of a page in English states. */
export const statedIn = (row: string): Verdict | undefined => {
  const last = row.split(' | ').at(-1)!.replace(/ \|$/, '')
  const found = Object.entries(VERDICTS.en).find(([, words]) => words === last)
  return found?.[0] as Verdict | undefined
}

if (import.meta.main) {
  for (const [name, table] of Object.entries(TABLES)) {
    const rows = table.rows()
    const verdicts = rows.map(({ verdict }) => verdict?.())
    for (const language of ['en', 'zh'] as const) {
      const path = pathOf(table.page, language)
      const text = readFileSync(path, 'utf8')
      const written = tableRows(table, rows, verdicts, language).join('\n')
      writeFileSync(
        path,
        text.replace(between(name), (_, start: string, end: string) => start + written + end),
      )
    }
  }
}

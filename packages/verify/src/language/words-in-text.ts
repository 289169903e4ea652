// Words of other languages inside of \\text, as the grammar has them: a table only.

const table: readonly (readonly [meaning: string, words: readonly string[]])[] = [
  ['where', ['avec', 'où', 'mit', 'wobei', 'donde', 'dove', 'onde', '式中', '这里']],
  ['if', ['If', 'When', 'si', 'falls', 'wenn', '若', '如果', '当']],
  ['for', ['pour', 'für', 'para', 'per', '对', '对于']],
  ['otherwise', ['sinon', 'sonst', 'andernfalls', 'altrimenti', '否则', '其他', '其它']],
]

/** Where a keyword stands for them. */
export const keywordsInText: ReadonlyMap<string, string> = new Map(
  table.flatMap(([meaning, words]) => words.map((word) => [word, meaning] as const)),
)

/** Where a sign does. */
export const signsInText: ReadonlyMap<string, string> = new Map([
  ...['et', 'und', '并且'].map((word) => [word, ','] as const),
  ...['pour tout', 'pour tous', 'für alle', 'für jedes', 'para todo', 'per ogni'].map(
    (words) => [words, '∀'] as const,
  ),
  ...['对所有', '对任意', '对于所有', '对于任意'].map((words) => [words, '∀'] as const),
])

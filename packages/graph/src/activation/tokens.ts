// A formula of one variable as tokens: numbers, whole words, signs. Each sign has one spelling.

export interface Token {
  readonly kind: 'number' | 'word' | 'sign'
  readonly text: string
}

const SPELLINGS: Readonly<Record<string, string>> = {
  ...{ '−': '-', '·': '*', '×': '*', '÷': '/', '**': '^' },
  ...{ '<=': '≤', '>=': '≥', '!=': '≠', '===': '==' },
}

const TOKEN = new RegExp(
  [
    String.raw`(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>[\p{L}_$][\p{L}\p{M}\p{N}_$]*|√)`,
    String.raw`(?<sign>\*\*|<=|>=|!=|={1,3}|\S)`,
  ].join('|'),
  'gu',
)

export const tokensOf = (text: string): Token[] =>
  [...text.matchAll(TOKEN)].map(({ 0: found, groups }) => {
    if (groups?.number !== undefined) return { kind: 'number', text: found }
    if (groups?.word !== undefined) return { kind: 'word', text: found.normalize('NFC') }
    return { kind: 'sign', text: SPELLINGS[found] ?? found }
  })

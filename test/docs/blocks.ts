// The TypeScript of a Markdown document, as modules whose line numbers are the document's own.

export interface Block {
  /** The words after the opening fence: `['ts', 'no-run']`. */
  readonly info: readonly string[]
  /** Zero-based lines of the opening and the closing fence. */
  readonly open: number
  readonly close: number
  readonly lines: readonly string[]
}

/** Fenced blocks, in order. A fence that never closes is an error. */
export function blocksOf(markdown: string): Block[] {
  const lines = markdown.split('\n')
  const blocks: Block[] = []
  for (let open = 0; open < lines.length; open++) {
    const fence = /^(`{3,}|~{3,})(.*)$/.exec(lines[open] ?? '')
    if (!fence) continue
    const close = lines.indexOf(fence[1] ?? '', open + 1)
    if (close < 0) throw new Error(`The fence opened on line ${open + 1} is never closed.`)
    const info = (fence[2] ?? '').trim().split(/\s+/)
    blocks.push({ info, open, close, lines: lines.slice(open + 1, close) })
    open = close
  }
  return blocks
}

export const isTypeScript = (block: Block): boolean => block.info[0] === 'ts'
export const isRun = (block: Block): boolean =>
  isTypeScript(block) && !block.info.includes('no-run')

/** The module of some blocks: everything else is left blank, `after` fills each closing fence. */
export function moduleOf(blocks: readonly Block[], after = ''): string {
  const lines: string[] = []
  for (const block of blocks) {
    while (lines.length <= block.open) lines.push('')
    lines.push(...block.lines, after)
  }
  return `${lines.join('\n')}\nexport {}\n`
}

/**
 * What each run block must print: the `text` block that follows it with nothing but blank lines
 * between, or undefined where the document makes no statement.
 */
export function expectedOutputs(markdown: string): (string | undefined)[] {
  const lines = markdown.split('\n')
  const blocks = blocksOf(markdown)
  return blocks.flatMap((block, i) => {
    if (!isRun(block)) return []
    const next = blocks[i + 1]
    const between = lines
      .slice(block.close + 1, next?.open)
      .join('')
      .trim()
    const stated = next?.info[0] === 'text' && between === ''
    return [stated ? tidy(next.lines.join('\n')) : undefined]
  })
}

/** Text without blanks at the ends of lines and without blank lines at its ends. */
export function tidy(text: string): string {
  return text.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '')
}

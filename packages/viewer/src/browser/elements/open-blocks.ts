// The blocks that are open, each with a button that closes it.
import { allBlocks, type Block } from '../../mirror/scopes.ts'
import type { Words } from '../words/en.ts'
import { h } from './h.ts'
import { titleIn } from './mirror-view.ts'

const MOST_BUTTONS = 40

export function openBlockButtons(
  blocks: readonly Block[],
  open: ReadonlySet<string>,
  words: Words,
  change: (open: ReadonlySet<string>) => void,
): HTMLElement[] {
  const shown = allBlocks(blocks).filter(({ id }) => open.has(id))
  if (shown.length === 0) return []
  const buttons = shown.slice(0, MOST_BUTTONS).map(({ id, title }) =>
    h(
      'button',
      {
        ...{ type: 'button', class: 'open-block', 'aria-expanded': 'true' },
        onclick: () => change(new Set([...open].filter((each) => each !== id))),
      },
      `▾ ${titleIn(title, words)}`,
    ),
  )
  return [h('p', { class: 'open-blocks' }, ...buttons)]
}

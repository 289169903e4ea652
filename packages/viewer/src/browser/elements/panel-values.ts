// The values of the chosen array: a heat map with a scale, the cell under the pointer, and whether
// the numbers are anybody's.
import { type Node, sizeOf } from '@backprove/graph'
import { h } from './h.ts'
import { cellAt, paint, pictureSize, rangeOf, short, tilesOf } from './heat.ts'
import type { Panel, PanelContext } from './panel-parts.ts'

export function valuesOf(node: Node, context: PanelContext): Panel {
  const { words, live, document } = context
  const readout = h('p', { class: 'quiet readout' })
  const [wide, high] = [340, 240]
  const tiles = tilesOf(node.shape, wide, high)
  const size = sizeOf(node.shape)
  const { width, height } = pictureSize(tiles)
  const scale = Math.max(1, Math.min(28, Math.floor(wide / width), Math.floor(high / height)))
  const canvas = h('canvas', {
    ...{ class: 'heat large', width: 1, height: 1, role: 'img', 'aria-label': words.values },
    style: { width: `${width * scale}px`, height: `${height * scale}px` },
    onclick: (event: MouseEvent) => {
      const position = pointed(event)
      if (position >= 0) context.setAt(placeOf(node, position))
    },
    onpointermove: (event: MouseEvent) => {
      const position = pointed(event)
      const value = position < 0 ? undefined : live.of(node)?.[position]
      if (value !== undefined) {
        readout.textContent = `(${placeOf(node, position).join(', ')}) = ${short(value)}`
      }
    },
    onpointerleave: () => refresh(),
  })
  const pointed = ({ offsetX, offsetY }: MouseEvent): number =>
    cellAt(tiles, Math.floor(offsetX / scale), Math.floor(offsetY / scale), size)
  const refresh = (): void => {
    const numbers = live.of(node)
    if (!numbers) {
      readout.textContent = live.problem ?? words.noValues
      return
    }
    const { least, most, finite } = rangeOf(numbers)
    if (node.shape.length > 0) paint(canvas, numbers, tiles, context.dark)
    const range =
      size === 1 ? short(numbers[0]!) : `${words.range} ${short(least)} ${words.to} ${short(most)}`
    const said = least <= most || size === 1 ? [range] : []
    readout.textContent = [...said, ...(finite ? [] : [words.notFinite])].join(' · ')
  }
  const drawn = live.drawn.filter((name) => name !== '')
  const health = document.health?.find(({ name }) => name === node.name)
  const element = h(
    'div',
    {},
    node.shape.length > 0 && h('div', { class: 'scroll' }, canvas),
    readout,
    health &&
      h(
        'p',
        { class: 'quiet' },
        `${words.health}: ${health.translated?.[words.languageCode] ?? health.text}`,
      ),
    drawn.length > 0 && h('p', { class: 'quiet' }, `${words.drawnValues} ${drawn.join(', ')}`),
  )
  return { element, refresh }
}

function placeOf(node: Node, position: number): number[] {
  let rest = position
  return [...node.shape]
    .reverse()
    .map((length) => {
      const index = (rest % length) + 1
      rest = Math.floor(rest / length)
      return index
    })
    .reverse()
}

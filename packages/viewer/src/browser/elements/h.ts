// h: an element with its properties, listeners and children. Text becomes text nodes, so no name
// of anybody's is ever markup.

export type Child = Node | string | number | null | undefined | false
export type Properties = Readonly<Record<string, unknown>>

const SVG = 'http://www.w3.org/2000/svg'

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), properties, children)
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS(SVG, tag), properties, children)
}

/** `onclick` listens; `style` takes properties; false and undefined leave an attribute out. */
function filled<Made extends HTMLElement | SVGElement>(
  element: Made,
  properties: Properties,
  children: readonly Child[],
): Made {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false || value === null) continue
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value as EventListener)
    } else if (name === 'style') {
      for (const [key, text] of Object.entries(value as Record<string, string>)) {
        element.style.setProperty(key, text)
      }
    } else element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue
    element.append(typeof child === 'number' ? String(child) : child)
  }
  return element
}

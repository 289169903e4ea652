// Labels inside a formula under construction: ops and the notation compose LaTeX around opaque
// marks, and only the finished formula has the marks replaced. So one composition serves LaTeX and
// Unicode, and no user's name is ever read as LaTeX.

import { unicodeOf } from '../unicode.ts'
import { isRaised, type Style, writeLabel } from './label-text.ts'
import type { Label } from './labels.ts'

interface Reference {
  readonly label: Label
  readonly subscripts: readonly string[] | undefined
}

const OPEN = '\uE000'
const CLOSE = '\uE001'
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}(\\^\\{\\\\top\\}|ᵀ)?(?=([\\^²³])?)`, 'g')

export class References {
  private readonly all: Reference[] = []

  /** The mark of a label, with its subscripts in LaTeX. */
  mark(label: Label, subscripts?: readonly string[]): string {
    this.all.push({ label, subscripts })
    return `${OPEN}${this.all.length - 1}${CLOSE}`
  }

  /** A composed formula with its marks written out. */
  write(composed: string, style: Style): string {
    const text = style === 'latex' ? composed : unicodeOf(composed)
    return text.replaceAll(MARK, (_, number: string, top?: string, power?: string) => {
      const { label, subscripts } = this.all[Number(number)]!
      const own = (raisedBy?: string) =>
        writeLabel(label, style, {
          // An index may be an entry itself: w_{x_i+1,j}.
          subscripts: subscripts?.map((each) => this.write(each, style)),
          raised: raisedBy,
        })
      const fence = (content: string) =>
        style === 'latex' ? `\\left(${content}\\right)` : `(${content})`
      if (top && style === 'latex' && label.kind !== 'partial') return own('\\top')
      const exponent = top ?? ''
      const needsFence = (top !== undefined || power !== undefined) && isRaised(label)
      return (needsFence ? fence(own()) : own()) + exponent
    })
  }
}

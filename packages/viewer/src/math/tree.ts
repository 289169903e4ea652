// A formula as KaTeX reads it. KaTeX only reads: what is read is set by `nodes.ts`.
import katex from 'katex'

/** What is looked at in a node of KaTeX's tree, whose full type is internal to it. */
export interface TexNode {
  readonly type: string
  readonly mode?: 'math' | 'text'
  readonly text?: string
  readonly name?: string
  readonly family?: string
  readonly mclass?: string
  readonly body?: TexNode | readonly TexNode[] | readonly (readonly TexNode[])[]
  readonly base?: TexNode | null
  readonly sup?: TexNode | null
  readonly sub?: TexNode | null
  readonly below?: TexNode | null
  readonly numer?: TexNode
  readonly denom?: TexNode
  readonly index?: TexNode | null
  readonly hasBarLine?: boolean
  readonly leftDelim?: string | null
  readonly rightDelim?: string | null
  readonly left?: string
  readonly right?: string
  readonly delim?: string
  readonly size?: number
  readonly font?: string
  readonly color?: string
  readonly label?: string
  readonly isOver?: boolean
  readonly isStretchy?: boolean
  readonly style?: Style | 'scriptscript'
  readonly mathml?: readonly TexNode[]
  readonly tag?: readonly TexNode[]
  readonly dimension?: { readonly number: number; readonly unit: string }
  readonly limits?: boolean
  readonly alwaysHandleSupSub?: boolean
  readonly symbol?: boolean
  readonly cols?: readonly Column[]
  readonly hLinesBeforeRow?: readonly (readonly boolean[])[]
  readonly addJot?: boolean
  readonly arraystretch?: number
  readonly display?: readonly TexNode[]
  readonly script?: readonly TexNode[]
}

/** How large what stands there is: signs of sums are large in the first alone. */
export type Style = 'display' | 'text' | 'script'

interface Column {
  readonly type: 'align' | 'separator'
  readonly align?: 'l' | 'c' | 'r'
}

export const listed = (body: TexNode['body']): readonly TexNode[] =>
  body === undefined ? [] : Array.isArray(body) ? body.flat() : [body as TexNode]

/** The colour of what KaTeX read and then did not trust: links, pictures, attributes. */
export const REFUSED = 'refused'

/** How often macros may be expanded in one formula. */
const MOST_EXPANSIONS = 2000

/** @throws Error where it is no formula */
export function treeOf(tex: string, displayMode: boolean): readonly TexNode[] {
  const reader = katex as unknown as {
    __parse(text: string, options: object): readonly TexNode[]
  }
  return reader.__parse(tex, {
    ...{ displayMode, trust: false, strict: 'ignore', throwOnError: true },
    errorColor: REFUSED,
    ...{ maxExpand: MOST_EXPANSIONS, globalGroup: false, macros: {} },
  })
}

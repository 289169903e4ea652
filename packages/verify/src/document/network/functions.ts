// Functions that a network's text defines, def and lambda: what they are called with is put in.
import { ClaimError, type Span } from '../../language/syntax.ts'
import { dividedAt, type Statement } from './blocks.ts'
import { readExpression } from './expression.ts'
import type { Dimension } from './lines.ts'
import type { NetworkCall, NetworkExpression } from './tree.ts'

export interface Parameter {
  readonly name: string
  /** reg=0.1. */
  readonly usual?: NetworkExpression
}

/** What makes an expression of arguments: the lines of a def, or a layer of a library. */
export interface UserFunction {
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
  readonly native?: (operands: readonly NetworkExpression[], span: Span) => NetworkExpression
}

/** A layer as an object: its parameters as far as they are known, and what calling it computes. */
export interface Module {
  readonly leaves: readonly { readonly name: string; readonly shape: readonly Dimension[] }[]
  readonly made: UserFunction
}

/** What a layer asks of the text in which it stands. */
export interface Making {
  readonly number: (expression: NetworkExpression) => number | undefined
  readonly whole: (expression: NetworkExpression) => number
  /** A value under its name, or under one that nobody can say. */
  readonly named: (value: NetworkExpression) => Extract<NetworkExpression, { kind: 'name' }>
  /**
   * A parameter that is known where the layer is called; `last`: with an axis, at `at`, as long as
   * the last of that array.
   */
  readonly parameter: (
    name: string,
    shape: readonly number[],
    last: string | undefined,
    span: Span,
    at?: number,
  ) => void
  /** What nobody declares is an input of this shape. */
  readonly input: (value: NetworkExpression, lengths: readonly number[]) => void
}

const parametersIn = (text: string, start: number): Parameter[] =>
  dividedAt(text, ',').flatMap((part): Parameter[] => {
    const [written, usual] = part.text.split('=') as [string, string?]
    const name = written.replace(/:.*$/, '').trim()
    if (name === '' || name === 'self' || name.startsWith('*')) return []
    if (usual === undefined) return [{ name }]
    return [{ name, usual: readExpression(usual, start + part.start + written.length + 1) }]
  })

export const functionIn = ({ text, start, body }: Statement): [string, UserFunction] => {
  const [all, name, parameters] = /^def\s+(\w+)\s*\((.*)\)\s*(?:->[^:]*)?:$/su.exec(text) ?? []
  if (all === undefined)
    throw new ClaimError('A function is def f(x, W): and its lines, the last return', {
      start,
      end: start + text.length,
    })
  return [name!, { parameters: parametersIn(parameters!, start + text.indexOf('(') + 1), body }]
}

/** What an object of a class begins with, and what may be called of it. */
export interface UserClass {
  readonly begins: UserFunction | undefined
  readonly methods: ReadonlyMap<string, UserFunction>
}

export const classIn = ({ text, start, body }: Statement): [string, UserClass] => {
  const [all, name] = /^class\s+(\w+)\s*(?:\(.*\))?:$/su.exec(text) ?? []
  const methods = new Map(
    body.filter((each) => /^def\b/.test(each.text)).map((each) => functionIn(each)),
  )
  if (all === undefined || methods.size === 0)
    throw new ClaimError('A class has def __init__(self): and def forward(self, x):', {
      start,
      end: start + text.length,
    })
  const begins = methods.get('__init__')
  methods.delete('__init__')
  return [name!, { begins, methods }]
}

/** f = lambda x: …; f(z) = …. */
export const functionOf = (
  parameters: string,
  value: string,
  start: number,
  from: number,
): UserFunction => {
  const word = 'return '
  return {
    parameters: parametersIn(parameters, from),
    body: [{ text: word + value, start: start - word.length, body: [] }],
  }
}

/** What each parameter stands for in a call. */
export const givenTo = (
  { parameters }: UserFunction,
  { op, operands, options, span }: NetworkCall,
): Map<string, NetworkExpression> =>
  new Map(
    parameters.map(({ name, usual }, k) => {
      const value = operands[k] ?? options.find((each) => each.name === name)?.value ?? usual
      if (value) return [name, value] as const
      throw new ClaimError(`${op} wants its ${name}`, span)
    }),
  )

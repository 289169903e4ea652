// What the functions of the pages are given, looked at where a person calls them.
import { Node, optionError, readOptions, show } from '@backprove/graph'
import { ViewError } from './document.ts'

/** The options, an empty record for none. @throws OptionError for one that is not known, or no text */
export function pageOptions<Options extends object>(
  by: string,
  options: Options,
  known: readonly (keyof Options & string)[],
): Options {
  const given = readOptions(by, options, known) as Options & Record<string, unknown>
  for (const name of ['title', 'notes', 'language'] as const) {
    const isText = given[name] === undefined || typeof given[name] === 'string'
    // Of a network's page the notes are verdicts; those have a check of their own.
    if (!isText && (name !== 'notes' || by === 'notesPage')) {
      throw optionError(by, name, given[name], 'text')
    }
  }
  const { language = 'auto' } = given as { language?: string }
  if (!/^(?:auto|en|zh)(?:-|$)/i.test(language)) {
    throw optionError(by, 'language', language, "'en', 'zh-CN' or 'auto', the reader's own")
  }
  return given
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null

/** @throws ViewError, OptionError where what is shown beside the graph is none of it */
export function demandParts(cost: Node, given: object): void {
  const { output, layers = [], values = {}, lines = {} } = given as Record<string, unknown>
  const by = 'view'
  if (output !== undefined && !(output instanceof Node && output.graph === cost.graph)) {
    throw optionError(by, 'output', output, 'a node of the graph of the cost')
  }
  if (!Array.isArray(layers)) {
    throw optionError(by, 'layers', layers, 'the layers of a model: model.layers')
  }
  if (!isRecord(lines)) throw optionError(by, 'lines', lines, 'texts by the names of arrays')
  if (!isRecord(values)) throw optionError(by, 'values', values, 'numbers by the names of arrays')
}

/** @throws ViewError where a value is no node of one number */
export function demandCost(value: unknown): asserts value is Node {
  if (!(value instanceof Node)) {
    throw new ViewError(`view: ${show(value)} is neither the cost of a network nor a model`)
  }
  if (value.shape.length === 0) return
  throw new ViewError(`view: the cost has shape [${value.shape}]; it must be one number`)
}

// The one error of everything that reads or reshapes data.
import { show } from '@backprove/graph'

/** Data that cannot be used. `source` is the file or function, `field` what in it is wrong. */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly source: string
  readonly field: string

  constructor(source: string, field: string, sentence: string, options?: ErrorOptions) {
    super(`${typeof source === 'string' ? source : show(source)}: ${field}: ${sentence}`, options)
    this.source = source
    this.field = field
  }
}

// Fields of our own trees have names of two letters in the notes page: they are no words of a
// browser, no text that the page is given has them, and nothing asks for them by their text.

const FIELDS = [
  ...['operands', 'factors', 'coefficient', 'coefficients', 'terms', 'parts', 'relations'],
  ...['primes', 'accesses', 'tokens', 'traits', 'conditions', 'elementwise', 'recorded'],
  ...['constraints', 'parenthesised', 'mantissa', 'shapeOf', 'fromRational', 'applicationOf'],
  ...['namesOf', 'multiplier', 'appliedOf', 'recordedOnly', 'ambiguities', 'variables'],
] as const

/** Of a script whose variables are short already. @throws where a field's name is a text too */
export const shortFields = (script: string, fields: readonly string[] = FIELDS): string =>
  fields.reduce((text, field, at) => {
    // In quotes, a value's place in a sentence, or a variable of that name.
    if (new RegExp(`["'\`<]${field}["'\`>]|[{,]${field}[,}]`).test(text))
      throw new Error(`‘${field}’ is more than a field: leave it as it is`)
    return text.replaceAll(
      new RegExp(`(?<=[.{,;}])${field}(?=[^\\w$-])`, 'g'),
      `$${String.fromCharCode(97 + at)}`,
    )
  }, script)

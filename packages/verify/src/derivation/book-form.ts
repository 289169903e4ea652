// How the book writes the way back through max pooling. A sum over blocks with an argmax in each is
// one block with a bracket, where blocks do not overlap: i' = ⌈i/2⌉. Only a spelling; what it says
// is verified.

const blocks =
  /Σ_\{i′,j′,u ≤ (\d+),v ≤ (\d+), i = \1i′\+u-\1, j = \2j′\+v-\2\} \[\(u,v\) = argmax_\{u′ ≤ \1,v′ ≤ \2\} (\S+)_\{\1i′\+u′-\1,\2j′\+v′-\2\}\] ([^()]+)/

/**
 * `(Σ_n δ^O_n w^{On}_{k-i′j′}) [a^{Fk}_{ij} = max], i′ = ⌈i/2⌉, j′ = ⌈j/2⌉`; undefined for other
 * texts.
 */
export const bookForm = (text: string): string | undefined => {
  const match = blocks.exec(text)
  if (!match) return undefined
  const [sum, rows, columns, array, body] = match
  const recursion = `(${body!.trim()}) [${array}_{ij} = max]`
  return `${text.replace(sum, () => recursion)}, i′ = ⌈i/${rows}⌉, j′ = ⌈j/${columns}⌉`
}

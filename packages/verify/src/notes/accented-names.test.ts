// x̂, h̃ and z̄ are one letter of two characters: in a document the sign behind one was taken as part
// of it, and x̂ + β was read as x̂ β, \hat{x} = … as no equation.
import { describe, expect, test } from 'vitest'
import { checkNotes } from './check.ts'

const network = `x: input N=4
μ = mean(x)
γ: parameter 4
β: parameter 4
x̂ = x - μ
y = γ * x̂ + β
L = sum(y^2)`

const verdictsOf = (formula: string) =>
  checkNotes(`\`\`\`network\n${network}\n\`\`\`\n\n$$${formula}$$\n`).entries.map(
    ({ kind, verdict }) => verdict?.kind ?? kind,
  )

describe('a letter with its accent in a document', () => {
  test.each([
    ['proved', String.raw`\hat{x}_i = x_i - \mu`],
    ['refuted', String.raw`\hat{x}_i = x_i + \mu`],
    ['proved', String.raw`y = \gamma \odot \hat{x} + \beta`],
    ['refuted', String.raw`y = \gamma \odot \hat{x} - \beta`],
    ['holds-if', String.raw`y_i = \gamma_i \hat{x} + \beta_i`],
    ['proved', 'x̂ = x - μ'],
  ])('%s: %s', (kind, formula) => {
    expect(verdictsOf(formula)).toEqual([kind])
  })
})

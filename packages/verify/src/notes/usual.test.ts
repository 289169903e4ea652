// Formulas of lecture notes that draw no network: each meets a usual network that has its names.
import { describe, expect, it } from 'vitest'
import { checkNotes } from './check.ts'

const { raw } = String

describe('formulas without a network', () => {
  it.each([
    ['proved', 'a layer z = f(x)', '$f(x)=z$'],
    ['proved', 'two dense layers with sigmoid', "$δ^l=(W^{l+1})^Tδ^{l+1}⊙ σ'(z^{l})$"],
    ['proved', 'softmax under cross-entropy', raw`$p_i=\frac{e^{X_i}}{\sum_j e^{X_j}}$`],
    [
      'ambiguous',
      'one convolution Y = W ⊗ X',
      raw`$S(i,j) = (X * W)(i,j) = \sum_m \sum_n X(i+m, j+n) W(m,n)$`,
    ],
    ['holds-if', 'one convolution Y = W ⊗ X', raw`$S(i,j) = \sum_m \sum_n X(i+m, j+n) W(m,n)$`],
    ['ambiguous', 'two convolutions, numbered', raw`$a^2 = \sigma(z^2) = \sigma(a^1 * W^2 + b^2)$`],
    [
      'proved',
      'two convolutions, numbered',
      raw`$\frac{\partial J}{\partial b^L} = \sum_{k,v} (\delta^L)_{k,v}$`,
    ],
    [
      'ambiguous',
      'a filter that slides along a line',
      raw`$z^{(1)} = w^{(1)} \otimes a^{(1)} + b^{(1)}$`,
    ],
    ['ambiguous', 'one convolution of many channels under relu', raw`$z^p = W^p \otimes X + b^p$`],
    ['proved', 'one convolution of many channels under relu', '$Y^p = f(z^p)$'],
    // In the book's network x is an image, and σ(x) (1 − σ(x)) would be a product of matrices.
    ['proved', 'functions of a number', raw`$\sigma'(x) = \sigma(x)(1-\sigma(x))$`],
    ['proved', 'functions of a number', raw`$\frac{d}{dx}\tanh(x) = 1 - \tanh^2(x)$`],
    ['refuted', 'functions of a number', raw`$\sigma'(x) = 1 - \sigma(x)^2$`],
  ])('%s, in %s: %s', (kind, network, formula) => {
    const [entry] = checkNotes(formula, { deadline: 3000 }).entries
    expect(entry).toMatchObject({ verdict: { kind }, network })
  })

  it.each([
    "$δ^l=W^{l+1} δ^{l+1}⊙ σ'(z^{l})$",
    raw`$S(i,j) = \sum_m \sum_n X(i-m, j-n) W(m,n)$`,
    raw`$\frac{\partial J}{\partial W^L} = a^{L+1} * \delta^L$`,
    raw`$\delta^{L+1} = \text{upsample}(\delta_k^L) \odot \sigma'(z_k^L)$`,
    raw`$\delta = (a - y) \odot \sigma'(z)$`,
    raw`$\delta = 3$`,
    raw`$\frac{\partial C}{\partial w} = \delta x$ and $\delta = 2 (a - y)$`,
  ])('refutes nothing about a network that nobody wrote: %s', (formula) => {
    for (const { verdict } of checkNotes(formula, { deadline: 3000 }).entries)
      expect(verdict?.kind).not.toBe('refuted')
  })

  it('says where none fits, and refutes nothing about an unrelated one', () => {
    const [entry] = checkNotes(raw`$p(y|x)=\frac{e^{X_i}}{\sum_{i=1} e^{X_i}}$`).entries
    expect(entry).toMatchObject({
      verdict: { kind: 'ill-formed', reason: expect.stringContaining('No network fits') },
    })
    expect(entry).not.toHaveProperty('network')
  })
})

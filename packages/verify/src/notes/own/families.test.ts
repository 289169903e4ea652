// Documents whose equations are those of every step or of every layer.
import { describe, expect, it } from 'vitest'
import { checkNotes } from '../check.ts'

const { raw } = String

/** What became of what is claimed of derivatives. */
const kindsOf = (document: string) =>
  checkNotes(document, { deadline: 30_000 }).entries.flatMap(({ formula, verdict }) =>
    verdict && formula.includes('partial') ? [verdict.kind] : [],
  )

describe('steps and layers', () => {
  it.each([
    [
      'steps with their losses',
      raw`For $t = 1, \dots, T$: $a_t = W h_{t-1} + U x_t$, $h_t = \tanh(a_t)$, $o_t = V h_t$,
$L_t = \frac12 \sum_k (o_{t,k} - y_{t,k})^2$ and $L = \sum_t L_t$, from $h_0 = 0$.
$$\frac{\partial L}{\partial V} = \sum_t (o_t - y_t) h_t^T$$
$$\frac{\partial L}{\partial h_t} = V^T (o_t - y_t)$$`,
      ['proved', 'refuted'],
    ],
    [
      'one step, of which no other is spoken',
      raw`$f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)$, $i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)$,
$c_t = f_t \odot c_{t-1} + i_t \odot \tanh(W_c x_t)$, $h_t = \tanh(c_t)$
$$\frac{\partial L}{\partial f_t} = \frac{\partial L}{\partial c_t} \odot c_{t-1}$$
$$\frac{\partial L}{\partial b_i} = \frac{\partial L}{\partial i_t} \odot f_t \odot (1 - f_t)$$`,
      ['proved', 'refuted'],
    ],
    [
      'layers',
      raw`For $l = 1, \dots, L$: $z^{[l]} = W^{[l]} a^{[l-1]}$, $a^{[l]} = \sigma(z^{[l]})$,
$C = \frac12 \|a^{[L]} - y\|^2$.
$$\frac{\partial C}{\partial z^{[L]}} = (a^{[L]} - y) \odot \sigma'(z^{[L]})$$
$$\frac{\partial C}{\partial a^{[l-1]}} = W^{[l]} \frac{\partial C}{\partial z^{[l]}}$$`,
      ['proved', 'refuted'],
    ],
  ])('%s', (_, document, kinds) => {
    expect(kindsOf(document)).toEqual(kinds)
  })

  it.each([
    [
      'steps and a loss of one of them, or of none',
      raw`For $t = 1, \dots, T$: $h_t = \tanh(W h_{t-1} + U x_t)$, $L = \|h_t - y\|^2$
$$\frac{\partial L}{\partial h_t} = 2 (h_t - y)$$
$$\frac{\partial L}{\partial h_{t-1}} = W^T (\frac{\partial L}{\partial h_t} \odot (1 - h_t^2))$$`,
    ],
    [
      'a last layer that is another',
      raw`$z^l = W^l a^{l-1}$, $a^l = \sigma(z^l)$ for $l = 1, \dots, L$, $a^L = z^L$,
$C = \|a^L - y\|^2$ $$\frac{\partial C}{\partial z^L} = 2 (a^L - y)$$`,
    ],
    [
      'weights that hang on the step, and a sum over some',
      raw`For $t = 1, \dots, T$: $h_t = \tanh(W h_{t-1})$, $L = \sum_{t=2}^T \lambda^t \|h_t\|^2$
$$\frac{\partial L}{\partial h_T} = 2 \lambda^T h_T$$`,
    ],
    [
      'layers whose weights are numbered otherwise',
      raw`$z^{(l+1)} = W^{(l)} a^{(l)} + b^{(l)}$, $a^{(l+1)} = F(z^{(l+1)})$,
$C = \|a^{(L)} - y\|^2$
$$\frac{\partial C}{\partial b^{(l)}} = \frac{\partial C}{\partial z^{(l)}}$$`,
    ],
  ])('%s: nothing is said of another network', (_, document) => {
    for (const kind of kindsOf(document)) expect(kind).toBe('ill-formed')
  })
})

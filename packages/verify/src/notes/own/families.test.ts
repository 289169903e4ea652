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
    [
      'layers by the one after them, to the last, which others call n_l',
      raw`$$\begin{align} z^{(l+1)} &= W^{(l)} a^{(l)} + b^{(l)} \\ a^{(l+1)} &= f(z^{(l+1)})
\end{align}$$ with $h_{W,b}(x) = a^{(n_l)}$, $a^{(1)} = x$ and
$$J(W,b; x,y) = \frac{1}{2} \| h_{W,b}(x) - y \|^2.$$ For $l = n_l-1, n_l-2, \ldots, 2$
$$\frac{\partial J}{\partial z^{(n_l)}} = -(y - a^{(n_l)}) \bullet f'(z^{(n_l)})$$
$$\frac{\partial J}{\partial b^{(l)}} = \frac{\partial J}{\partial z^{(l)}}$$`,
      ['proved', 'refuted'],
    ],
    [
      'activations of the layers that are made',
      raw`$z^{(l+1)} = W^{(l)} a^{(l)}$, $a^{(l)} = \sigma(z^{(l)})$,
$C = \frac12 \|a^{(L)} - y\|^2$
$$\frac{\partial C}{\partial W^{(l)}} = \frac{\partial C}{\partial z^{(l+1)}} (a^{(l)})^T$$
$$\frac{\partial C}{\partial a^{(1)}} = W^{(1)} \frac{\partial C}{\partial z^{(2)}}$$`,
      ['proved', 'refuted'],
    ],
    [
      'a last layer that is another, of which the others are not said',
      raw`$z^l = W^l a^{l-1}$, $a^l = \sigma(z^l)$ for $l = 1, \dots, L - 1$, $a^L = z^L$ and
$C = \frac12 \|a^L - y\|^2$ $$\frac{\partial C}{\partial z^L} = a^L - y$$
$$\frac{\partial C}{\partial z^L} = (a^L - y) \odot \sigma'(z^L)$$`,
      ['proved', 'refuted'],
    ],
    [
      'steps from a first state, each with what it says',
      raw`$h_{t+1} = \tanh(W_{hh} h_t + W_{hx} x_t + b_h)$, $o_t = W_{hq} h_t + b_q$,
$L = \sum_{t=1}^T \frac12 \|o_t - y_t\|^2$
$$\frac{\partial L}{\partial W_{hq}} = \sum_{t=1}^T (o_t - y_t) h_t^T$$
$$\frac{\partial L}{\partial h_t} = W_{hq}^T (o_t - y_t)$$`,
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
    [
      'a last layer that has another name besides',
      raw`$z^l = W^l a^{l-1}$, $a^l = \sigma(z^l)$, $a^L = \hat y$, $C = \|\hat y - y\|^2$
$$\frac{\partial C}{\partial z^L} = 2 (\hat y - y) \odot \sigma'(z^L)$$`,
    ],
    [
      'layers from the first, which is said otherwise',
      raw`$a^1 = x$, $z^l = W^l a^{l-1}$, $a^l = \sigma(z^l)$, $C = \|a^L - y\|^2$
$$\frac{\partial C}{\partial z^L} = 2 (a^L - y)$$`,
    ],
  ])('%s: nothing is said of another network', (_, document) => {
    for (const kind of kindsOf(document)) expect(kind).toBe('ill-formed')
  })
})

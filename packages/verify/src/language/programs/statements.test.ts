// Lines of programs that change what is there, loops, parts of axes: what they say, and what no
// line may say in silence.
import { describe, expect, test } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify } from '../../verify.ts'

const network = (text: string) => buildNetwork(readNetwork(text))

const layers = network(`X: input N=5 D=4
W1: parameter 4 6
z1 = X @ W1
h = relu(z1)
W2: parameter 6 3
s = h @ W2
t: input 5 3
L = squaredError(s, t)`)

const said = (claim: string, { cost, sizes } = layers) => {
  const { kind } = verify(cost, claim, { sizes })
  return kind === 'proved' || kind === 'agrees' ? 'true' : kind
}

describe('values that change', () => {
  test.each([
    ['holds-if', 'dW2 += h.T @ ds'],
    ['true', 'dW2 = np.zeros_like(W2); dW2 += h.T @ ds'],
    ['true', 'dW2 = 2 * (h.T @ ds); dW2 -= h.T @ ds'],
    ['true', 'dW2 = h.T @ ds; dW2 *= 2; dW2 /= 2'],
    ['refuted', 'dW2 = h.T @ ds; dW2 += h.T @ ds'],
    ['true', 'dh = ds @ W2.T; dh[h <= 0] = 0; dW1 = X.T @ dh'],
    ['true', 'dz1 = ds @ W2.T; dz1[z1 <= 0] = 0'],
    ['refuted', 'dz1 = ds @ W2.T; dz1[z1 >= 0] = 0'],
    ['refuted', 'dh = ds @ W2.T; dh[h <= 0] = 0; dW1 = X.T @ dh; dW2 = h.T @ s'],
    ['refuted', 'dh = s @ W2.T; dh[h <= 0] = 0; dW1 = X.T @ dz1'],
    ['ill-formed', 'dz1[z1 <= 0] = 0'],
    ['ill-formed', 'h += X @ W1'],
    ['true', 'dz1 = np.where(z1 > 0, ds @ W2.T, 0)'],
    ['true', 'dz1 = (ds @ W2.T) if z1 > 0 else 0'],
    ['true', 'tmp = 2 * (h.T @ ds); tmp -= h.T @ ds; dW2 = tmp'],
  ])('%s: %s', (wanted, claim) => {
    expect(said(claim)).toBe(wanted)
  })
})

describe('loops', () => {
  test.each([
    ['holds-if', 'for i in range(N): dW2 += np.outer(h[i], ds[i])'],
    ['holds-if', 'for i in range(len(X)):\n    dW2 += np.outer(h[i], ds[i])'],
    ['true', 'dW2 = 0 * W2\nfor i in range(N):\n    dW2 += np.outer(h[i], ds[i])'],
    ['true', 'dW2 = 0 * W2\nfor i in range(N):\n    e = s[i] - t[i]\n    dW2 += np.outer(h[i], e)'],
    ['refuted', 'dW2 = 0 * W2\nfor i in range(1, N):\n    dW2 += np.outer(h[i], ds[i])'],
    ['refuted', 'dW2 = 0 * W2\nfor i in range(N):\n    dW2 += np.outer(h[i], s[i])'],
    ['true', 'for i in range(N): dz1[i] = (ds[i] @ W2.T) * (h[i] > 0)'],
    ['ill-formed', 'for i in range(N): dW2 = np.outer(h[i], ds[i])'],
    ['ill-formed', 'e = 0 * t[0]\nfor i in range(N):\n    e = e + ds[i]\ndb = e'],
    ['ill-formed', 'for i in range(N):\n    e = s[i] - t[i]\ndW2 = np.outer(h[0], e)'],
    ['ill-formed', 'while N > 0: dW2 = h.T @ ds'],
    ['ill-formed', 'dW2 = sum(np.outer(h[i], ds[i]) for i in range(N))'],
  ])('%s: %s', (wanted, claim) => {
    expect(said(claim)).toBe(wanted)
  })
})

describe('parts of axes', () => {
  test.each([
    ['true', 'ds[i, :] = s[i, :] - t[i, :]'],
    ['true', 'dW2[:, 0] = h.T @ ds[:, 0]'],
    ['true', 'dW2[1:3] = h[:, 1:3].T @ ds'],
    ['refuted', 'dW2[1:3] = h[:, 0:2].T @ ds'],
    ['true', 'dW2[-1] = h[:, -1] @ ds'],
    ['refuted', 'dW2[-1] = h[:, 0] @ ds'],
    ['true', 'np.sum(ds[1:], axis=0) = np.sum(ds, axis=0) - ds[0]'],
    ['refuted', 'np.sum(ds[:-1], axis=0) = np.sum(ds, axis=0) - ds[0]'],
    ['true', 'np.mean(s[0:2], axis=0) = (s[0] + s[1]) / 2'],
    ['refuted', 'np.mean(s[0:2], axis=0) = (s[0] + s[1]) / 5'],
    ['ill-formed', 's[1:4] = h[2:6] @ W2'],
    ['ill-formed', 's[-i-1] = h[-i-1] @ W2'],
    ['ill-formed', 's[::2] = h[::2] @ W2'],
    ['ill-formed', 's[7] = h[7] @ W2'],
  ])('%s: %s', (wanted, claim) => {
    expect(said(claim)).toBe(wanted)
  })

  const sliding = network(`x: input 5 5
w: parameter 3 3
z = conv2d(x, w)
t: input 3 3
L = squaredError(z, t)`)

  test.each([
    ['true', 'z[i, j] = np.sum(x[i:i+3, j:j+3] * w)'],
    ['refuted', 'z[i, j] = np.sum(x[i:i+3, j:j+3] * w.T)'],
    ['true', 'dw[u, v] = np.sum(dz * x[u:u+3, v:v+3])'],
    ['refuted', 'dw[u, v] = np.sum(dz * x[u:u+3, u:u+3])'],
    ['true', 'dw[0, 1] = np.sum(dz * x[0:3, 1:4])'],
  ])('%s: %s', (wanted, claim) => {
    expect(said(claim, sliding)).toBe(wanted)
  })
})

test('vectors that are columns', () => {
  const { cost, sizes } = network(`x: input 3
W: parameter 4 3
z = W @ x
y: input 4
L = squaredError(z, y)`)
  expect(verify(cost, 'dW = np.dot(dz, x.T)', { sizes })).toMatchObject({
    kind: 'holds-if',
    convention: 'vectors are columns, of shape (n, 1)',
  })
  expect(verify(cost, 'dW = np.dot(dz, z.T)', { sizes }).kind).not.toMatch(/holds|proved|agrees/)
  const declared = { sizes, conventions: ['columns'] as const }
  expect(verify(cost, 'dW = np.dot(dz, x.T)', declared).kind).toBe('proved')
})

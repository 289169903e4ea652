// Lines of programs against the same claims in indices, and against what NumPy says of shapes.
import { describe, expect, test } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { diagnoseRefuted } from '../../repair/diagnose-refuted.ts'
import { format } from '../../verdict/format.ts'
import { verify } from '../../verify.ts'

const network = (text: string) => buildNetwork(readNetwork(text))

const layer = network(`x: input N=5 D=4
W: parameter 4 3
b: parameter 3
v: parameter 3
z = matmul(x, W) + b
out = relu(z)
t: input 5 3
L = squaredError(out * v, t)`)

const verdict = (claim: string, { cost, sizes } = layer) => verify(cost, claim, { sizes })

const kind = (claim: string, on = layer) => verdict(claim, on).kind

describe('what a line says is what its sums say', () => {
  test.each([
    ['dW = x.T @ dz', '∂L/∂W_{ij} = Σ_n x_{ni} ∂L/∂z_{nj}'],
    ['dx = np.dot(dz, W.T)', '∂L/∂x_{ni} = Σ_j ∂L/∂z_{nj} W_{ij}'],
    ['db = dz.sum(axis=0)', '∂L/∂b_j = Σ_n ∂L/∂z_{nj}'],
    ['dz = dout * (z > 0)', '∂L/∂z_{nj} = ∂L/∂out_{nj} [z_{nj} > 0]'],
    ['dW = np.einsum("nd,nh->dh", x, dz)', '∂L/∂W_{ij} = Σ_n x_{ni} ∂L/∂z_{nj}'],
    ['db = np.einsum("nh->h", dz)', '∂L/∂b_j = Σ_n ∂L/∂z_{nj}'],
    ['z = x @ W + b[None, :]', 'z_{nj} = Σ_i x_{ni} W_{ij} + b_j'],
    ['z = x @ W + np.expand_dims(b, 0)', 'z_{nj} = Σ_i x_{ni} W_{ij} + b_j'],
    ['z = torch.addmm(b.unsqueeze(0), x, W)', 'z_{nj} = Σ_i x_{ni} W_{ij} + b_j'],
    ['out = np.clip(z, 0, None)', 'out_{nj} = max(0, z_{nj})'],
    ['out = torch.clamp(z, min=0)', 'out_{nj} = max(0, z_{nj})'],
    ['dz = dout * np.where(z > 0, np.ones_like(z), 0)', '∂L/∂z_{nj} = ∂L/∂out_{nj} [z_{nj} > 0]'],
    ['mask = (z > 0).astype(float); dz = dout * mask', '∂L/∂z_{nj} = ∂L/∂out_{nj} [z_{nj} > 0]'],
    ['mask = (z > 0).float()\ndz = dout * mask', '∂L/∂z_{nj} = ∂L/∂out_{nj} [z_{nj} > 0]'],
    ['L = 0.5 * np.linalg.norm(out * v - t)**2', 'L = 1/2 Σ_{nj} (out_{nj} v_j - t_{nj})^2'],
    ['dv = np.sum((out * v - t) * out, 0)', '∂L/∂v_j = Σ_n (out_{nj} v_j - t_{nj}) out_{nj}'],
  ])('%s', (line, claim) => {
    expect(kind(line)).toBe('proved')
    expect(kind(claim)).toBe('proved')
  })

  test.each([
    'dW = dz.T @ x',
    'db = dz.sum(axis=1)',
    'db = np.mean(dz, axis=0)',
    'dz = dout * (z < 0)',
    'z = x @ W - b',
    'L = ((out * v - t)**2).sum()',
    "dW = np.einsum('nd,nh->dh', x, dout)",
    "db = np.einsum('nh->n', dz)",
    'out = np.clip(z, 0, 1)',
    'out = np.clip(z, None, 0)',
    'L = 0.5 * np.linalg.norm(out * v - t)',
    'z = x @ W + np.zeros_like(b)',
    'mask = (z < 0).astype(float); dz = dout * mask',
  ])('%s is refuted', (line) => expect(kind(line)).toBe('refuted'))
})

describe('the rules of NumPy', () => {
  test('* and @ are read from left to right', () => {
    const square = network(
      'A: parameter 3 3\nB: parameter 3 3\nC_1 = matmul(A * B, A)\nL = sum(C_1)',
    )
    expect(kind('C_1 = A * B @ A', square)).toBe('proved')
    expect(kind('C_1 = A * (B @ A)', square)).toBe('refuted')
  })

  test('a vector is aligned with the last axis, though the matrix is square', () => {
    const square = network('A: parameter 3 3\ng: parameter 3\nB = A * g\nL = sum(B)')
    expect(kind('B = np.multiply(A, g)', square)).toBe('proved')
    expect(kind('B = np.multiply(A, g[:, None])', square)).toBe('refuted')
    expect(kind('B.T = np.multiply(A.T, g[:, None])', square)).toBe('proved')
    expect(kind('B = (A.T * g).T', square)).toBe('refuted')
  })

  test('axes of images, and from the last one backwards', () => {
    const images = network(
      'y: input 2 3 4 4\nb: parameter 3\nm = mean(y, axes=[0, 2, 3])\nL = sum(m * b)',
    )
    expect(kind('m = y.mean(axis=(0, 2, 3))', images)).toBe('proved')
    expect(kind('m = np.mean(y, axis=(-4, -2, -1))', images)).toBe('proved')
    expect(kind('m = y.mean(axis=(0, 1, 2))', images)).toBe('refuted')
    expect(kind('m = y.mean(axis=4)', images)).toBe('ill-formed')
  })

  test('arrays that do not fit are said to', () => {
    const wrong = verdict('dW = x @ dz')
    expect(wrong).toMatchObject({ kind: 'ill-formed' })
    expect((wrong as { reason: string }).reason).toBe(
      '[5, 4] @ [5, 3] does not fit: 4 is not 5; the transpose of the left one does',
    )
  })

  test('for all lengths: N is the length that the network names', () => {
    expect(verdict('N = x.shape[0]')).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
    expect(kind('db = dz.mean(axis=0) * x.shape[0]')).toBe('proved')
    expect(kind('db = dz.mean(axis=0) * x.shape[1]')).toBe('refuted')
  })
})

test('what counts from 0, and what is not read', () => {
  expect(kind('dx[0] = dz[0] @ W.T')).toBe('proved')
  expect(kind('z[i, j] = np.sum(x[i, :] * W[:, j]) + b[j]')).toBe('proved')
  expect(verdict('dx[0] = dz[1] @ W.T')).toMatchObject({ kind: 'refuted' })
  expect(kind('dW = x.T.cumsum(0) @ dz')).toBe('ill-formed')
  const reason = (line: string) => (verdict(line) as { reason?: string }).reason
  expect(reason('dW = np.cumprod(x, dz, 1)')).toBe('‘cumprod’ is not read in a line of a program')
  expect(kind('db = np.ones(5) @ dz')).toBe('proved')
  expect(kind('db = np.ones(4) @ dz')).toBe('ill-formed')
  expect(kind('db = np.ones(N) @ dz')).toBe('proved')
  expect(kind('z[1:] = x[1:] @ W + b')).toBe('proved')
  expect(reason('db = sum(dz[n] for n in range(N))')).toContain('A loop')
  expect(reason("db = np.einsum('n,nh->h', x, dz)")).toContain('names 1 axes of 2')
})

test('a line without a mark holds if it is one', () => {
  const scaled = network(
    'x: input 5 3\ng: parameter 3\ny = g * x\nt: input 5 3\nL = squaredError(y, t)',
  )
  expect(verdict('dx = dy * g', scaled)).toMatchObject({
    kind: 'holds-if',
    convention: 'arrays are broadcast and products entry by entry, as in NumPy',
  })
  expect(kind('dx = dy * t', scaled)).toBe('refuted')
})

test('what NumPy and PyTorch mean differently is asked for', () => {
  const spread = network(
    'z: input 5 3\nvar = variance(z, axes=[0])\ng: input 3\nL = squaredError(var, g)',
  )
  const reason = (line: string): string => {
    const found = verdict(line, spread)
    return 'reason' in found ? found.reason : found.kind
  }
  for (const line of ['var = torch.var(z, dim=0)', 'var = z.var(0)', 'var = z.std(dim=0)**2'])
    expect(reason(line)).toContain('PyTorch by n - 1')
  for (const line of [
    'var = np.var(z, axis=0)',
    'var = z.var(axis=0)',
    'var = z.var(0, unbiased=False)',
    'var = torch.var(z, dim=0, correction=0)',
  ])
    expect(reason(line)).toBe('proved')
  expect(reason('z = z.transpose(0, 1).T')).toContain('turn these axes differently')
  expect(reason('z = z.transpose(1, 0).T')).toBe('proved')
  expect(reason('z[4] = z[-1]')).toBe('proved')
  expect(reason('z[:, 0] = z[:, -3]')).toBe('proved')
  expect(reason('z[:, 0] = z[:, -2]')).toBe('refuted')
  expect(reason('z[-i-1] = z[-1-i]')).toContain('from the end')
  expect(reason('np.exp(z) * 1E-2 = np.exp(z) / 100')).toBe('proved')
  expect(reason('z = z.astype(int)')).toContain('whole numbers')
  expect(reason('z = np.int64(z)')).toContain('whole numbers')
  expect(reason('z * (z > 0).astype(int) = z * (z > 0)')).toBe('proved')
  expect(reason('z.max(dim=0)[0] = np.max(z, axis=0)[0]')).toContain('the first entry')
})

test('x**2**3 is x**8; three axes are turned by nothing; dot of three axes is not @', () => {
  expect(kind('x**2**3 = x**8')).toBe('proved')
  expect(kind('x**2**3 = x**6')).toBe('refuted')
  expect(kind('x**-1**2 * x = x**0')).not.toBe('refuted')
  const three = network('x: input 2 3 3\ny: input 2 3 3\nz = x * y\nL = sum(z)')
  expect(kind('z = (x * y).mT.mT', three)).toBe('ill-formed')
  expect(kind('z = (x * y).T.T', three)).toBe('ill-formed')
  expect(kind('np.dot(x, y) = x @ y', three)).toBe('ill-formed')
  expect(kind('np.outer(x, y) = np.outer(x, y) + 0', three)).toBe('ill-formed')
})

test('dout is printed as it was written', () => {
  const plain = network('x: input 5 3\nout = relu(x)\nt: input 5 3\nL = squaredError(out, t)')
  const { cost, sizes } = plain
  const refuted = verify(cost, 'dout = (out - t) / 5', { sizes, diagnose: diagnoseRefuted })
  expect(format(refuted)).toContain('  dout = 5')
})

test('dbeta is of β', () => {
  const scaled = network(`x: input 5 4
β: parameter 4
y = x + β
t: input 5 4
L = squaredError(y, t)`)
  expect(kind('dbeta = np.sum(dy, axis=0)', scaled)).toBe('proved')
  expect(kind('dbeta = np.sum(dy, axis=0) / 5', scaled)).toBe('refuted')
})

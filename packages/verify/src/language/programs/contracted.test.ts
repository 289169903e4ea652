// tensordot, kron, repeat and arrays whose lengths are numbers, each with twins that are false.
import { checkLectures } from '../../lecture.fixture.ts'

checkLectures([
  {
    name: 'tensordot',
    network: `x: input n=5 d=4
W: parameter 4 3
z = x @ W
t: input 5 3
C = squaredError(z, t)`,
    proved: [
      'dW = np.tensordot(x, dz, axes=([0], [0]))',
      'dW = torch.tensordot(x, dz, dims=([0], [0]))',
      'z = np.tensordot(x, W, axes=1)',
      'z = np.tensordot(x, W, axes=(1, 0))',
      'z = np.tensordot(x, W, axes=(-1, -2))',
      'dx = np.tensordot(dz, W, axes=([1], [1]))',
      'C = 0.5 * np.tensordot(z - t, z - t)',
    ],
    refuted: [
      'dW = np.tensordot(dz, x, axes=([0], [0]))',
      'dx = 2 * np.tensordot(dz, W, axes=([1], [1]))',
      'C = 0.5 * np.tensordot(z, z - t)',
    ],
    illFormed: [
      'dx = np.tensordot(dz, W, axes=([1], [2]))',
      'dx = np.tensordot(dz, W, axes=([0, 1], [1]))',
      'dx = np.tensordot(dz, W, axes=([1], [0]))',
      'dx = np.tensordot(dz, W, axes=4)',
    ],
  },
  {
    name: 'blocks of a mean pooling',
    network: `A: input 4 6
p = avgPool2d(A, size=2)
t: input 2 3
L = squaredError(p, t)`,
    proved: [
      'dA = np.kron(dp, np.ones((2, 2))) / 4',
      'dA = np.repeat(np.repeat(dp, 2, axis=0), 2, axis=1) / 4',
      'dA = dp.repeat(2, axis=0).repeat(2, axis=1) / 4',
      'r = torch.repeat_interleave(dp, 2, dim=0); dA = r.repeat_interleave(2, dim=1) * 0.25',
    ],
    refuted: [
      'dA = np.kron(dp, np.ones((2, 2)))',
      'dA = np.kron(np.ones((2, 2)), dp) / 4',
      'dA = np.kron(dp, np.zeros((2, 2))) / 4',
    ],
    illFormed: [
      'dA = np.kron(dp, np.ones((4, 1))) / 4',
      'dA = dp.repeat(2, axis=0) / 4',
      'dA = dp.repeat(2, 2) / 4',
    ],
  },
  {
    name: 'sums that begin with zeros of a shape',
    network: `X: input 4 4
w: parameter 2 2
z = conv2d(X, w)
t: input 3 3
L = squaredError(z, t)`,
    proved: [
      `dw = np.zeros((2, 2))
for i in range(3):
    for j in range(3):
        dw += X[i:i+2, j:j+2] * dz[i, j]`,
    ],
    refuted: [
      `dw = np.ones((2, 2))
for i in range(3):
    for j in range(3):
        dw += X[i:i+2, j:j+2] * dz[i, j]`,
      `dw = np.zeros((2, 2))
for i in range(2):
    for j in range(3):
        dw += X[i:i+2, j:j+2] * dz[i, j]`,
    ],
    illFormed: ['dw = np.zeros((2, 3)) + w'],
  },
])

// What other libraries call an operation of a network's text, and what is several operations.
import { nearNames } from '../language/names/near.ts'

/** By the word without its capitals and underscores: what is said here, with an example. */
export const ours: ReadonlyMap<string, string> = new Map(
  Object.entries({
    linear: 'dense(x, W, b), or matmul(W, x) + b',
    fc: 'dense(x, W, b), or matmul(W, x) + b',
    affine: 'dense(x, W, b), or matmul(W, x) + b',
    fullyconnected: 'dense(x, W, b), or matmul(W, x) + b',
    dot: 'matmul(W, x)',
    mm: 'matmul(A, B)',
    bmm: 'matmul(A, B)',
    conv: 'conv2d(x, w, stride=1, padding=0)',
    convolution: 'conv2d(x, w, stride=1, padding=0)',
    crosscorrelation: 'conv2d(x, w)',
    correlate: 'conv2d(x, w)',
    convolve: 'convolve2d(x, w)',
    deconv: 'convTranspose2d(x, w, stride=2)',
    maxpool: 'maxPool2d(x, size=2)',
    maxpooling: 'maxPool2d(x, size=2)',
    pool: 'maxPool2d(x, size=2)',
    avgpool: 'avgPool2d(x, size=2)',
    averagepool: 'avgPool2d(x, size=2)',
    meanpool: 'avgPool2d(x, size=2)',
    globalaveragepool: 'mean(x, axes=[1, 2])',
    logistic: 'sigmoid(x)',
    ln: 'log(x)',
    swish: 'silu(x)',
    mse: 'meanSquaredError(a, t), or squaredError(a, t) with its ½ and no mean',
    mseloss: 'meanSquaredError(a, t), or squaredError(a, t) with its ½ and no mean',
    l2loss: 'squaredError(a, t)',
    mae: 'meanAbsoluteError(a, t)',
    l1loss: 'meanAbsoluteError(a, t)',
    bce: 'binaryCrossEntropy(p, t)',
    bceloss: 'binaryCrossEntropy(p, t)',
    softmaxcrossentropy: 'crossEntropy(z, t), whose z are logits',
    categoricalcrossentropy: 'crossEntropy(z, t), whose z are logits',
    crossentropyloss: 'crossEntropy(z, t), whose z are logits',
    nllloss: '-sum(t * logp), or crossEntropy(z, t) of logits',
    kldiv: 'klDivergence(p, q)',

    average: 'mean(x, axes=0)',
    var: 'variance(x, axes=0)',
    std: 'sqrt(variance(x, axes=0))',
    add: 'a + b',
    plus: 'a + b',
    sub: 'a - b',
    subtract: 'a - b',
    mul: 'a * b',
    multiply: 'a * b',
    hadamard: 'a * b',
    div: 'a / b',
    divide: 'a / b',
    power: 'pow(a, b)',
    reducesum: 'sum(x, axes=0)',
    reducemean: 'mean(x, axes=0)',
    row: 'slice(x, start=[0, 0], end=[1, 2])',
    embedding: 'gather(W, i)',
    zeropad: 'pad(x, before=1, after=1)',
    unpool: 'upsample(x, size=2)',
    dropout: 'x * m, with an input m: its mask',
    batchnorm:
      'mu = mean(x, axes=0), v = variance(x, axes=0), y = gamma * (x - mu) / sqrt(v + 0.00001) + beta',
    layernorm:
      'mu = mean(x, axes=1, keepDims=true), v = variance(x, axes=1, keepDims=true), ' +
      'y = gamma * (x - mu) / sqrt(v + 0.00001) + beta',
    rmsnorm: 'y = gamma * x / sqrt(mean(square(x), axes=1, keepDims=true) + 0.00001)',
    attention:
      'matmul(softmax(matmul(q, transpose(k)) / sqrt(2), axis=1), v), 2 the length of a key',
    rnn: 'h_1 = tanh(matmul(U, x_1) + matmul(W, h_0) + b), a line for each step',
    lstm: 'a line for each gate: f = sigmoid(matmul(W_f, x) + matmul(U_f, h) + b_f)',
    gru: 'a line for each gate: r = sigmoid(matmul(W_r, x) + matmul(U_r, h) + b_r)',
  }),
)

/** The word as others may write it: max_pool2d, MaxPooling2D, nn.Linear. */
const bareOf = (op: string): string =>
  op
    .toLowerCase()
    .replaceAll(/[_.]/g, '')
    .replace(/(?<=[a-z])[12]d$/, '')

/** Why there is no such operation: what is meant, or what is near. */
export const noOperation = (op: string, known: readonly string[]): string => {
  const bare = bareOf(op)
  const same = known.find((each) => bareOf(each) === bare)
  const meant = same ?? ours.get(bare)
  const help = meant
    ? `here it is ${same ? `‘${same}’` : meant}`
    : `near it are ${nearNames(op, known).join(', ')}`
  return `There is no operation ‘${op}’; ${help}`
}

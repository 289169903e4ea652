// What other libraries call an operation of a network's text: what means the same is read, what is
// several operations or means something else is told.
import { add, div, mul, sub } from '@backprove/graph'
import { nearNames } from '../../language/names/near.ts'
import { functions } from './library/functions.ts'
import { type Library, movements } from './library/library.ts'
import { ofLibraries, ofTorch } from './library/torch.ts'
import { type Operation, operations } from './operations.ts'

/** Words that mean the same everywhere, with the same arguments; costs do not (sums, means). */
const alike = [
  ...['exp', 'log', 'sqrt', 'square', 'abs', 'sign', 'sigmoid', 'tanh', 'relu', 'softplus', 'sin'],
  ...['cos', 'erf', 'silu', 'selu', 'mish', 'softsign', 'logSigmoid', 'matmul', 'maximum'],
  ...['minimum', 'sum', 'mean', 'max', 'min', 'softmax', 'logSoftmax', 'pow', 'transpose', 'norm'],
  ...['logSumExp', 'gelu', 'elu', 'hardSigmoid', 'hardSwish', 'relu6', 'leakyRelu', 'argmax'],
  'where',
] as const

const synonyms: Readonly<Record<string, (typeof alike)[number]>> = {
  ...{ ln: 'log', σ: 'sigmoid', logistic: 'sigmoid', swish: 'silu', absolute: 'abs' },
  ...{ dot: 'matmul', mm: 'matmul', bmm: 'matmul', power: 'pow', average: 'mean' },
  ...{ reducesum: 'sum', reducemean: 'mean', reducemax: 'max', amax: 'max', amin: 'min' },
}

/** With the arguments that PyTorch gives them: images are N, C, H, W as here. */
const torch: ReadonlyMap<string, string> = new Map([
  ['conv2d', 'conv2d'],
  ['max_pool2d', 'maxPool2d'],
  ['avg_pool2d', 'avgPool2d'],
])

const ofTwo = { arity: [2, 2], options: [] } as const
const signs: Readonly<Record<string, Operation>> = {
  ...{ add: { record: add, ...ofTwo }, plus: { record: add, ...ofTwo } },
  ...{ sub: { record: sub, ...ofTwo }, subtract: { record: sub, ...ofTwo } },
  ...{ mul: { record: mul, ...ofTwo }, multiply: { record: mul, ...ofTwo } },
  ...{ hadamard: { record: mul, ...ofTwo }, div: { record: div, ...ofTwo } },
  ...{ divide: { record: div, ...ofTwo }, truedivide: { record: div, ...ofTwo } },
}

export interface Found {
  readonly name: string
  readonly operation: Operation
}

const libraries = /^(?:np|numpy|jnp|jax|torch|tf|math|nn|F|K)\.(?:\w+\.)*/

const lowered = (op: string) => op.toLowerCase().replaceAll('_', '')

/** The operation of a word, also as NumPy, PyTorch, JAX or TensorFlow write it. */
export const operationOf = (word: string): Found | undefined => {
  const own = operations.get(word)
  if (own) return { name: word, operation: own }
  const [, inTorch] = /^(?:F|torch)\.(?:nn\.functional\.)?(\w+)$/.exec(word) ?? []
  const ours = inTorch && torch.get(inTorch)
  if (ours) return { name: ours, operation: operations.get(ours)! }
  const bare = lowered(word.replace(libraries, ''))
  const name = Object.hasOwn(synonyms, bare)
    ? synonyms[bare]
    : alike.find((each) => lowered(each) === bare)
  if (name) return { name, operation: operations.get(name)! }
  return Object.hasOwn(signs, bare) ? { name: bare, operation: signs[bare]! } : undefined
}

const own = (table: Readonly<Record<string, Library>>, word: string): Library | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined

/** Losses are sums here and means there: their words need the library's name before them. */
const needsLibrary = /^(?:mseloss|l1loss|nllloss|normalize|var|std|linear|.*crossentropy.*)$/

/** A function of a library that takes its own arguments. */
export const libraryOf = (word: string, isMethod: boolean): Library | undefined => {
  const bare = lowered(word.replace(libraries, ''))
  if (/^(?:F|torch)\.(?:nn\.functional\.)?\w+$/.test(word)) {
    const found = own(ofTorch, bare)
    if (found) return found
  }
  const isNamed = word.includes('.') || isMethod
  if (needsLibrary.test(bare) && !isNamed && !bare.endsWith('logits')) return undefined
  return own(movements, bare) ?? own(ofLibraries, bare) ?? own(functions, bare)
}

const sameOptions: readonly (readonly string[])[] = [
  ['axis', 'axes', 'dim', 'dims'],
  ['keepDims', 'keepdims', 'keepdim', 'keep_dims'],
  ['size', 'kernel_size', 'pool_size'],
  ['stride', 'strides'],
]

/** The option of an operation that is called so here or elsewhere. */
export const optionNamed = (name: string, options: readonly string[]): string | undefined =>
  options.includes(name)
    ? name
    : sameOptions.find((all) => all.includes(name))?.find((each) => options.includes(each))

/** By the word without its capitals and underscores: what is said here, with an example. */
export const ours: ReadonlyMap<string, string> = new Map(
  Object.entries({
    linear: 'dense(x, W, b), or matmul(W, x) + b',
    fc: 'dense(x, W, b), or matmul(W, x) + b',
    affine: 'dense(x, W, b), or matmul(W, x) + b',
    fullyconnected: 'dense(x, W, b), or matmul(W, x) + b',
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

    var: 'variance(x, axes=0)',
    std: 'sqrt(variance(x, axes=0))',
    zeropad: 'pad(x, before=1, after=1)',
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
  lowered(op.replace(libraries, ''))
    .replaceAll('.', '')
    .replace(/(?<=[a-z])[12]d$/, '')

/** What Σ is in a network. */
const sums = 'sum(…) sums every entry, sum(…, axes=0) along the first axis'

/** Why there is no such operation: what is meant, or what is near. */
export const noOperation = (op: string, known: readonly string[]): string => {
  if (/^Σ/u.test(op)) return `‘${op}’: ${sums}`
  const bare = bareOf(op)
  const same = known.find((each) => bareOf(each) === bare)
  const meant = same ?? ours.get(bare)
  const help = meant
    ? `here it is ${same ? `‘${same}’` : meant}`
    : `near it are ${nearNames(op, known).join(', ')}`
  return `There is no operation ‘${op}’; ${help}`
}

// A line of every kind of op, with small shapes: what the tests of all readers share.

const K = 'C⌊(f-1)/F⌋+c'
const H = 's(i-1)+d(u-1)+1-p'
const V = 's′(j-1)+d′(v-1)+1-p′'
const WINDOW = `${H},${V}`
const OTHER = 's(i-1)+d(a-1)+1-p,s′(j-1)+d′(b-1)+1-p′'
const winner = (kind: string) => `[u,v = ${kind}_{a≤m,b≤n} x_{…,${OTHER}}]`
const pinned = (channel = '') => `[${channel}h = ${H}, l = ${V}]`

export const LINES = {
  conv2d: `y_{…,f,i,j} = b_f + Σ_{c,u,v} x_{…,${K},${WINDOW}} w_{f,c,u,v}`,
  conv2dInput: `x_{…,k,h,l} = Σ_{f,i,j,c,u,v} ${pinned(`k = ${K}, `)} y_{…,f,i,j} w_{f,c,u,v}`,
  conv2dFilter: `w_{f,c,u,v} = Σ_{…,i,j} y_{…,f,i,j} x_{…,${K},${WINDOW}}`,
  maxPool2d: `y_{…,i,j} = max_{u≤m,v≤n} x_{…,${WINDOW}}`,
  maxPool2dInput: `y_{…,h,l} = Σ_{i,j,u≤m,v≤n} ${pinned()} ${winner('argmax')} g_{…,i,j}`,
  maxPool2dGather: `y_{…,i,j} = Σ_{u≤m,v≤n} ${winner('argmax')} g_{…,${WINDOW}}`,
  avgPool2d: `y_{…,i,j} = Σ_{u≤m,v≤n} x_{…,${WINDOW}} / (m n)`,
  avgPool2dInput: `y_{…,h,l} = Σ_{i,j,u≤m,v≤n} ${pinned()} g_{…,i,j} / (m n)`,
}

const CONV = { C: 1, F: 2, s: 2, 's′': 1, d: 1, 'd′': 2, p: 1, 'p′': 1, m: 2, n: 2 }
const POOL = { s: 1, 's′': 2, d: 1, 'd′': 1, p: 1, 'p′': 0, m: 2, n: 2 }

type Case = [
  name: string,
  line: string,
  operands: Record<string, readonly number[]>,
  shape: readonly number[],
  symbols?: Record<string, number>,
]

/** Away from 0 and from each other: no kink within the step of a difference. */
export const POSITIVE = new Set(['log', '√', 'power of both', 'quotient'])

export const CASES: readonly Case[] = [
  ['add', 'y = a + b', { a: [2, 3], b: [3] }, [2, 3]],
  ['mul', 'y = a b', { a: [2, 1], b: [3] }, [2, 3]],
  ['quotient', 'y = a / b', { a: [2, 1], b: [1, 3] }, [2, 3]],
  ['where', 'y = [c ≠ 0] a + [c > 0] b', { c: [4], a: [4], b: [1] }, [4]],
  ['maximum', 'y = max(a, b) - min(a, b^2)', { a: [5], b: [5] }, [5]],
  ['cube', 'y = x^n + x^0 + x^1', { x: [4] }, [4], { n: 3 }],
  ['power of both', 'y = a^b', { a: [3], b: [3] }, [3]],
  ['log', 'y = log(x)', { x: [4] }, [4]],
  ['√', 'y = √(x)', { x: [4] }, [4]],
  ['abs', 'y = |x| sign(x) + ⌊x⌋ + ⌈x⌉', { x: [4] }, [4]],
  ['modulo', 'y = a mod b', { a: [4], b: [4] }, [4]],
  ['sigmoid', 'y = 1/(1 + e^{-x})', { x: [4] }, [4]],
  ['tanh', 'y = tanh(x)', { x: [4] }, [4]],
  ['sine', 'y = sin(x) + x cos(π x)', { x: [4] }, [4]],
  ['erf', 'y = erf(x / √(2))', { x: [4] }, [4]],
  ['relu', 'y = [x > 0] x', { x: [5] }, [5]],
  ['elu', 'y = [x > 0] x + [x ≤ 0] α(e^x - 1)', { x: [5] }, [5], { α: 0.7 }],
  ['softplus', 'y = log(1 + e^x)', { x: [4] }, [4]],
  ['swish', 'y = x / (1 + exp(-x))', { x: [4] }, [4]],
  ['softmax', 'y_{i,k} = e^{x_{i,k}} / Σ_l e^{x_{i,l}}', { x: [2, 3] }, [2, 3]],
  ['stable softmax', STABLE(), { x: [2, 3] }, [2, 3]],
  ['logSoftmax', 'y_{k,i} = x_{k,i} - log(Σ_l e^{x_{l,i}})', { x: [3, 2] }, [3, 2]],
  ['conv2d', LINES.conv2d, { x: [2, 2, 4, 3], w: [4, 1, 3, 2], b: [4] }, [2, 4, 2, 3], CONV],
  ['conv2dInput', LINES.conv2dInput, { y: [4, 2, 3], w: [4, 1, 3, 2] }, [2, 4, 3], CONV],
  ['conv2dFilter', LINES.conv2dFilter, { y: [4, 2, 3], x: [2, 4, 3] }, [4, 1, 3, 2], CONV],
  ['convolve2d', FLIPPED(), { x: [2, 4, 3], w: [4, 1, 2, 2] }, [4, 2, 3], CONV],
  ['maxPool2d', LINES.maxPool2d, { x: [2, 3, 4] }, [2, 4, 2], POOL],
  ['maxPool2dInput', LINES.maxPool2dInput, { x: [3, 4], g: [4, 2] }, [3, 4], POOL],
  ['maxPool2dGather', LINES.maxPool2dGather, { x: [3, 4], g: [3, 4] }, [4, 2], POOL],
  ['median', MEDIAN(), { x: [4, 4] }, [4, 2], POOL],
  ['avgPool2d', LINES.avgPool2d, { x: [2, 3, 4] }, [2, 4, 2], POOL],
  ['avgPool2dInput', LINES.avgPool2dInput, { g: [4, 2] }, [3, 4], POOL],
  ['l2Pool2d', `y_{…,i,j} = √(Σ_{u≤m,v≤n} x_{…,${WINDOW}}^2)`, { x: [3, 4] }, [3, 2], POOL],
  ['dense', 'y_{n,k} = b_k + Σ_… w_{k,…} x_{n,…}', { x: [2, 2, 3], w: [4, 2, 3], b: [4] }, [2, 4]],
  ['matmul', 'y_{…,i,j} = Σ_k a_{…,i,k} b_{…,k,j}', { a: [2, 2, 3], b: [3, 2] }, [2, 2, 2]],
  ['trace', 'C = Σ_i x_{i,i}', { x: [3, 3] }, []],
  ['flatten', 'y_r = Σ_{h,w} [r = W(h-1)+w] x_{h,w}', { x: [2, 3] }, [6], { W: 3 }],
  ['reshape', 'y_{i,j} = x_{⌊(2(i-1)+j-1)/3⌋+1,(2(i-1)+j-1) mod 3+1}', { x: [2, 3] }, [3, 2]],
  ['transpose', 'y_{j,k,i} = x_{i,j,k}', { x: [2, 3, 2] }, [3, 2, 2]],
  ['concat', 'y_{i,j} = a_{i,j} + b_{i-2,j}', { a: [2, 2], b: [1, 2] }, [3, 2]],
  ['slice', 'y_{i,j} = x_{i+1,2(j-1)+3}', { x: [3, 6] }, [2, 2]],
  ['pad', 'y_{i,j} = x_{i-1,j-2} + 7(1 - [1 ≤ i-1 ≤ 2])', { x: [2, 2] }, [4, 5]],
  ['flip', 'y_{i,j} = x_{i,4-j}', { x: [2, 3] }, [2, 3]],
  ['rot180', 'y_{…,i,j} = x_{…,m+1-i,n+1-j}', { x: [2, 2, 3] }, [2, 2, 3], { m: 2, n: 3 }],
  ['upsample', 'y_{…,i,j} = x_{…,⌈i/s⌉,⌈j/s′⌉}', { x: [2, 2] }, [4, 6], { s: 2, 's′': 3 }],
  ['sum', 'y_{i,1} = Σ_j x_{i,j}', { x: [2, 3] }, [2, 1]],
  ['max', 'y_i = max_j x_{i,j} + min_j x_{i,j}', { x: [2, 3] }, [2]],
  ['max of a pack', 'C = max_… x', { x: [1, 3] }, []],
  ['product of sums', 'C = (Σ_i x_i) (Σ_i x_i) Σ_i x_i^2', { x: [3] }, []],
  ['shadowed letters', 'y_i = x_i Σ_i x_i Σ_i x_i', { x: [3] }, [3]],
  ['squaredError', 'C = 1/2 Σ_… (t - y)^2', { y: [2, 3], t: [2, 3] }, []],
  ['crossEntropy', ENTROPY(), { z: [2, 3], t: [2, 3] }, []],
]

function STABLE(): string {
  return 'y_{i,k} = e^{x_{i,k} - max_o x_{i,o}} / Σ_l e^{x_{i,l} - max_o x_{i,o}}'
}
function FLIPPED(): string {
  return `y_{…,f,i,j} = Σ_{c,u≤m,v≤n} x_{…,${K},${WINDOW}} w_{f,c,m+1-u,n+1-v}`
}
function MEDIAN(): string {
  const middle = (kind: string) => `${kind}_{u≤m,v≤n} x_{…,${WINDOW}}`
  return `y_{…,i,j} = 1/2 (${middle('lomed')} + ${middle('himed')})`
}
function ENTROPY(): string {
  return 'C = -Σ_{…,k} t_{…,k} log(e^{z_{…,k}} / Σ_l e^{z_{…,l}})'
}

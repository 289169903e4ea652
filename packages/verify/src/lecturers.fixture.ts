// Networks for formulas as lecturers write them.
export const dense2 = `
x_i: input 4
W^1: parameter 5 4
b^1: parameter 5
z^1 = dense(x, W^1, b^1)
a^1 = sigmoid(z^1)
W^2: parameter 3 5
b^2: parameter 3
z^2 = dense(a^1, W^2, b^2)
a^2 = sigmoid(z^2)
t: input 3
C = squaredError(a^2, t)`
/** The same with the number of a layer in its name, as programs have it. */
export const numbered = dense2.replaceAll('^', '')
export const batch = `
X_{ni}: input N=6 4
W_{ki}: parameter 3 4
b_k: parameter 3
Z_{nk} = dense(X, W, b)
A_{nk} = tanh(Z)
T_{nk}: input 6 3
C = squaredError(A, T)`
export const soft = `
z_k: input K=4
y_k = softmax(z)
t_k: input 4
C = crossEntropy(z, t)`
export const convch = `
x_{cij}: input 2 6 6
w_{fcuv}: parameter 3 2 3 3
b_f: parameter 3
z_{fij} = conv2d(x, w, bias=b)
a_{fij} = relu(z)
t_{fij}: input 3 4 4
C = squaredError(a, t)`
export const conv1 = `
x_{ij}: input 1 6 7
w_{uv}: parameter 1 1 3 2
b: parameter 1
z_{ij} = conv2d(x, w, bias=b)
a_{ij} = sigmoid(z)
t_{ij}: input 1 4 6
C = squaredError(a, t)`
export const strided = `
x_{ij}: input 1 7 7
w_{uv}: parameter 1 1 3 3
z_{ij} = conv2d(x, w, stride=2)
a_{ij} = tanh(z)
t_{ij}: input 1 3 3
C = squaredError(a, t)`
export const dilated = `
x_{ij}: input 1 7 7
w_{uv}: parameter 1 1 3 3
z_{ij} = conv2d(x, w, dilation=2)
t_{ij}: input 1 3 3
C = squaredError(z, t)`
export const grouped = `
x_{cij}: input 4 5 5
w_{fcuv}: parameter 4 2 3 3
z_{fij} = conv2d(x, w, groups=2)
t_{fij}: input 4 3 3
C = squaredError(z, t)`
export const pooled = (pooling: string) => `
x_{kij}: input 2 6 6
a_{kij} = sigmoid(x)
p_{kij} = ${pooling}
t_{kij}: input 2 3 3
C = squaredError(p, t)`
export const resid = `
x_i: input 4
W: parameter 4 4
z = dense(x, W)
a = sigmoid(z)
h = x + a
t: input 4
C = squaredError(h, t)`
export const cat = `
x_{ij}: input 1 5 5
u_{ij}: parameter 1 1 3 3
v_{ij}: parameter 1 1 3 3
p_{kij} = conv2d(x, u)
q_{kij} = conv2d(x, v)
y_{kij} = concat([p, q], axis=0)
t_{kij}: input 2 3 3
C = squaredError(y, t)`
export const coded = `
x: input 4
W1: parameter 5 4
b1: parameter 5
z1 = dense(x, W1, b1)
a1 = relu(z1)
W2: parameter 3 5
b2: parameter 3
logits = dense(a1, W2, b2)
probs = softmax(logits)
y: input 3
loss = crossEntropy(logits, y)`
export const residconv = `
x_{ij}: input 1 6 6
w_{uv}: parameter 1 1 3 3
z_{ij} = conv2d(x, w, padding=1)
a_{ij} = relu(z)
h_{ij} = x + a
t_{ij}: input 1 6 6
C = squaredError(h, t)`
export const twoStages = `
x_{ij}: input 1 8 8
w^{1f}_{uv}: parameter 2 1 3 3
b^{1f}: parameter 2
z^{1f}_{ij} = conv2d(x, w^1, bias=b^1)
a^{1f}_{ij} = relu(z^1)
p^{1f}_{ij} = maxPool2d(a^1, size=2)
w^{2g}_{fuv}: parameter 3 2 2 2
z^{2g}_{ij} = conv2d(p^1, w^2)
a^{2g}_{ij} = sigmoid(z^2)
w^{3n}_{g-ij}: parameter 2 3 2 2
b^3_n: parameter 2
z^3_n = dense(a^2, w^3, b^3)
y_n = softmax(z^3)
t_n: input 2
C = crossEntropy(z^3, t)`

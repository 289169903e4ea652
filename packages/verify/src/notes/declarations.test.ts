// What a document defines is known to its later formulas, and is no claim.
import { describe, expect, it } from 'vitest'
import { checkNotes } from './check.ts'

const network = `\`\`\`network
x_i: input 4
W: parameter 4 4
z = dense(x, W)
a = sigmoid(z)
h = x + a
t: input 4
C = squaredError(h, t)
\`\`\``

const summary = (body: string) =>
  checkNotes(`${network}\n\n${body}`).entries.map(({ kind, verdict }) => verdict?.kind ?? kind)

describe('definitions in a document', () => {
  it.each([
    ["$Δ = h - t$, hence $∂C/∂x = Δ + W^T (Δ ⊙ σ'(z))$.", ['declaration', 'proved']],
    ["$Δ = h + t$, hence $∂C/∂x = Δ + W^T (Δ ⊙ σ'(z))$.", ['declaration', 'refuted']],
    [
      "With $Δ := h - t$ and $ε^T := (Δ ⊙ σ'(z))^T$: $$∂C/∂x = Δ + W^T ε$$",
      ['declaration', 'declaration', 'proved'],
    ],
    // The last definition above a formula is the one that counts.
    [
      '$Δ := h - t$ $∂C/∂h = Δ$ $Δ := t - h$ $∂C/∂h = Δ$ $∂C/∂h = -Δ$',
      ['declaration', 'proved', 'declaration', 'refuted', 'proved'],
    ],
    // What = says of a name that := defined is claimed, though formulas below use the name.
    [
      '$Δ := h - t$ $Δ = t - h$ $∂C/∂h = Δ$ $Δ = h - t$ $∂C/∂h = 2Δ$',
      ['declaration', 'refuted', 'proved', 'proved', 'refuted'],
    ],
    [
      '$Δ_i := h_i - t_i$ $Δ_2 = t_2$ $Δ_2 = h_2 - t_2$ $Δ_1 = h_1 - t_1$',
      ['declaration', 'refuted', 'proved', 'proved'],
    ],
    ['$Δ = t - h$ $Δ = h - t$ $∂C/∂h = Δ$', ['declaration', 'declaration', 'proved']],
    // Of what is a derivative, above or below, the rest is claimed.
    ['$Δ = ∂C/∂h$ $Δ = t - h$ $Δ = h - t$', ['declaration', 'refuted', 'proved']],
    ['$Δ = t - h$ where $Δ = ∂C/∂h$. $∂C/∂h = Δ$', ['refuted', 'declaration', 'proved']],
    ["$i' := \\lceil i/2 \\rceil$ $i' = 2i - 1$", ['declaration', 'declaration']],
    ["$i' = \\lceil i/2 \\rceil$ says nothing yet", ['declaration']],
    // What the graph has is claimed, and what nobody uses is a name that nobody knows.
    ['$z := W x$ and $z := W^T x$', ['proved', 'refuted']],
    ['$Δ = h - t$ and no more', ['ill-formed']],
    ['$∂C/∂h = Δ$ and only then $Δ = h - t$', ['ill-formed', 'ill-formed']],
  ])('%s', (body, verdicts) => {
    expect(summary(body)).toEqual(verdicts)
  })

  it('is not expected to have a verdict', () => {
    const report = checkNotes(`${network}\n\n$Δ := h - t$ <!-- expect: proved -->`)
    expect(report.ok).toBe(false)
  })
})

it('keeps certificates where they are wanted, of what holds if too', () => {
  const text = `${network}\n\n$z_i = W_{ij} x_j$ and $z = W x$`
  const certified = (certificates: boolean) =>
    checkNotes(text, { certificates }).entries.map(({ verdict }) =>
      JSON.stringify(verdict, (_, each) => (typeof each === 'bigint' ? `${each}` : each)).includes(
        'certificate',
      ),
    )
  expect(certified(true)).toEqual([true, true])
  expect(certified(false)).toEqual([false, false])
})

// h̄ = 2 (h − t), though the last formula uses it, is claimed where the head says what bars are.
it('is none of v̄ where a document says that bars are adjoints', () => {
  const said = `---\nbars: adjoints\n---\n\n${network}`
  const formulas = "$\\bar h = 2 (h - t)$ $\\bar a = \\bar h$ $\\bar z = \\bar a \\odot σ'(z)$"
  const kinds = (text: string) => checkNotes(text).entries.map((each) => each.verdict?.kind)
  expect(kinds(`${said}\n\n${formulas}`)).toEqual(['refuted', 'proved', 'proved'])
  expect(kinds(`${said}\n\n$x = x$`)).toEqual(['proved'])
})

// Of every layer δ^l is ∂C/∂z^l: who says it is ∂C/∂a^l is not read, and what follows not judged.
it('leaves formulas alone that are about an error of another kind', () => {
  const layers = `\`\`\`network
x: input 3
W^1: parameter 4 3
z^1 = W^1 x
a^1 = sigmoid(z^1)
W^2: parameter 2 4
z^2 = W^2 a^1
a^2 = sigmoid(z^2)
y: input 2
C = squaredError(a^2, y)
\`\`\``
  const kinds = (said: string) =>
    checkNotes(
      `${layers}\n\n${said} $δ^1 = (W^2)^T (δ^2 ⊙ σ'(z^2))$ $δ^1 = (W^2)^T δ^2 ⊙ σ'(z^1)$`,
    ).entries.map(({ verdict }) => verdict?.kind)
  expect(kinds('$δ^l = ∂C/∂z^l$')).toEqual(['proved', 'refuted', 'proved'])
  for (const said of ['$δ^l = ∂C/∂a^l$', '$δ^l = ∇_{a^l} C$', '$δ^l = -∂C/∂z^l$'])
    expect(kinds(said)).toEqual(['refuted', 'ill-formed', 'ill-formed'])
  expect(kinds('$δ^l := ∂C/∂z^l$')).toEqual([undefined, 'refuted', 'proved'])
  expect(kinds('$δ^l := ∂C/∂a^l$')).toEqual([undefined, 'ill-formed', 'ill-formed'])
})

describe('a step, layer or entry that is meant above', () => {
  const { raw } = String
  const layers = `\`\`\`network
x: input 4
W^1: parameter 5 4
z^1 = W^1 x
a^1 = sigmoid(z^1)
W^2: parameter 3 5
z^2 = W^2 a^1
a^2 = sigmoid(z^2)
y: input 3
C = 1/2 sum((a^2 - y)^2)
\`\`\``
  const output = raw`\delta^l = (a^l - y) \odot \sigma'(z^l)`
  const chain = raw`\delta^l = ((W^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l)`
  it.each([
    // Said in the formula it is a condition; said before, it may be meant, or not.
    [`$$${output}, \\quad l = L$$`, 'proved'],
    [`At the last layer, $l = L$, $$${output}$$`, 'ambiguous'],
    [`At the last layer, $l = L$, all is known. $$${chain}$$`, 'proved'],
    [`We begin with $l = 1$. $$${output}$$`, 'refuted'],
    [`For $l = 1, \\ldots, L$: $$${chain.replace('((', '(2 (')}$$`, 'refuted'],
    // Of two layers the second is the last.
    [`For $l = 2, \\ldots, L$: $$${output}$$`, 'proved'],
    [`For $l = 1, \\ldots, L$: $$${output}$$`, 'refuted'],
    ["For $i = 1$ first. $$δ^2_i = (a^2_1 - y_1) σ'(z^2_1)$$", 'ambiguous'],
    ["For $i = 1, \\ldots, 3$: $$δ^2_i = (a^2_1 - y_1) σ'(z^2_1)$$", 'refuted'],
    ["For $i = 1$ first. $$δ^2_i = (a^2_i - y_i) σ'(z^2_i)$$", 'proved'],
  ])('%s', (body, expected) => {
    const { entries } = checkNotes(`${layers}\n\n${body}`)
    const judged = entries.flatMap(({ verdict }) => verdict?.kind ?? [])
    expect(judged.at(-1)).toBe(expected)
  })
})

describe('a condition that leads to a formula', () => {
  const { raw } = String
  const softmax = raw`$z = W x$, $p = \mathrm{softmax}(z)$, $L = -\sum_k y_k \log p_k$.`
  const apart = raw`$$\frac{\partial p_i}{\partial z_j} = -p_i p_j$$`
  const alike = raw`$$\frac{\partial p_i}{\partial z_j} = p_i (1 - p_i).$$`
  it.each([
    [raw`If $i \neq j$: ${apart}`, 'proved'],
    [raw`and for $i = j$, we get ${alike}`, 'proved'],
    [raw`If $i \neq j$: ${alike}`, 'refuted'],
    [raw`If $i = j$: ${apart}`, 'refuted'],
    [raw`Except for $i \neq j$, ${apart}`, 'refuted'],
    // Not of what is said in another sentence, or after more words.
    [raw`If $i \neq j$ it is small. ${apart}`, 'refuted'],
    [raw`The case $i \neq j$ is next, but in general ${apart}`, 'refuted'],
    [raw`If $i \neq j$: ${alike.replace('p_i (1 - p_i).', '-p_i p_j')} ${apart}`, 'refuted'],
    [apart, 'refuted'],
  ])('%s', (body, expected) => {
    const { entries } = checkNotes(`${softmax}\n\n${body}`)
    expect(entries.at(-1)!.verdict?.kind).toBe(expected)
  })
})

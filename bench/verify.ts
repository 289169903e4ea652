// How long verdicts take: the notes as one document, claims about a deep network, one about a large
// layer, random claims, hostile ones. Times are printed, never asserted.
import { existsSync, readFileSync } from 'node:fs'
import { avgPool2d, conv2d, dense, Graph, type Node, sigmoid, squaredError } from '@backprove/graph'
import { checkNotes, type Verdict, verify } from '@backprove/verify'
import { hostileClaims, victim } from '../test/claims/hostile.ts'
import { caseOf } from '../test/claims/judge.ts'

export interface VerifyRow {
  readonly what: string
  readonly milliseconds: number
  readonly goal?: number
  readonly answer: string
}

const timed = (what: string, body: () => string, goal?: number): VerifyRow => {
  const start = performance.now()
  const answer = body()
  const milliseconds = performance.now() - start
  return { what, milliseconds, answer, ...(goal !== undefined && { goal }) }
}

/** Two convolutions, a pooling and two dense layers on an image of 28×28. */
const fiveLayers = (): Node => {
  const graph = new Graph()
  const x = graph.input('x_{cij}', [1, 28, 28])
  const w1 = graph.parameter('W^1_{kcuv}', [4, 1, 5, 5])
  const z1 = conv2d(x, w1, { bias: graph.parameter('b^1_k', [4]) }).as('z^1_{kij}')
  const p = avgPool2d(sigmoid(z1).as('a^1_{kij}'), { size: 2 }).as('p_{kij}')
  const w2 = graph.parameter('W^2_{lkuv}', [8, 4, 3, 3])
  const z2 = conv2d(p, w2, { bias: graph.parameter('b^2_l', [8]) }).as('z^2_{lij}')
  const a2 = sigmoid(z2).as('a^2_{lij}')
  const w3 = graph.parameter('W^3_{mlij}', [16, ...a2.shape])
  const a3 = sigmoid(dense(a2, w3, graph.parameter('b^3_m', [16])).as('z^3_m')).as('a^3_m')
  const w4 = graph.parameter('W^4_{nm}', [10, 16])
  const a4 = sigmoid(dense(a3, w4, graph.parameter('b^4_n', [10])).as('z^4_n')).as('a^4_n')
  return squaredError(a4, graph.input('t_n', [10])).as('C')
}

const aboutFive = [
  "δ^4_n = (a^4_n - t_n) σ'(z^4_n)",
  '∂C/∂W^4_{nm} = δ^4_n a^3_m',
  'δ^3_m = (Σ_n W^4_{nm} δ^4_n) a^3_m (1 - a^3_m)',
  'δ^2_{lij} = (Σ_m W^3_{mlij} δ^3_m) a^2_{lij} (1 - a^2_{lij})',
  '∂C/∂W^2_{lkuv} = Σ_{i,j} δ^2_{lij} p_{k,i+u-1,j+v-1}',
  '∂C/∂p = δ^2 *full rot180(W^2)',
  '∂C/∂p = δ^2 *full W^2',
  "δ^1_{kij} = 1/4 ∂C/∂p_{k,⌈i/2⌉,⌈j/2⌉} σ'(z^1_{kij})",
  '∂C/∂W^1_{kcuv} = Σ_{i,j} δ^1_{kij} x_{c,i+u-1,j+v-1}',
  '∂C/∂b^1_k = Σ_{i,j} δ^1_{kij}',
] as const

const largeLayer = (): Node => {
  const graph = new Graph()
  const x = graph.input('x_{cij}', [64, 224, 224])
  const w = graph.parameter('W_{kcuv}', [64, 64, 3, 3])
  const z = conv2d(x, w, { padding: 1 }).as('z_{kij}')
  return squaredError(sigmoid(z), graph.input('t_{kij}', z.shape)).as('C')
}

const answerOf = (verdict: Verdict): string =>
  verdict.kind === 'proved' ? `proved, ${verdict.scope}` : verdict.kind

const counted = (answers: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const each of answers) counts.set(each, (counts.get(each) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([answer, count]) => `${answer} ${count}`)
    .join(' · ')
}

const notes = new URL('../examples/notes.md', import.meta.url)

function* rows(): Generator<VerifyRow> {
  if (existsSync(notes)) {
    const markdown = readFileSync(notes, 'utf8')
    const check = () =>
      counted(checkNotes(markdown).entries.map(({ verdict }) => verdict?.kind ?? 'skipped'))
    yield timed('the notes, one document', check, 2000)
  }
  const five = fiveLayers()
  for (const claim of aboutFive)
    yield timed(`five layers: ${claim}`, () => answerOf(verify(five, claim)), 1000)
  const large = largeLayer()
  for (const factor of ['', '2 ']) {
    const claim = `∂C/∂W_{kcuv} = ${factor}Σ_{i,j} δ_{kij} x_{c,i+u-2,j+v-2}`
    const answer = () => answerOf(verify(large, claim, { deadline: 5000 }))
    yield timed(`224×224×64: ${claim}`, answer, 5500)
  }
  const pairs = Array.from({ length: 100 }, (_, seed) => caseOf(seed + 1))
  const diagnose = () => []
  const verdicts = () => pairs.map(({ cost, claim }) => verify(cost, claim, { diagnose }).kind)
  yield timed('100 random claims, true and damaged', () => counted(verdicts()))
  yield hostileRow()
}

/** All of the hostile claims: the longest over the deadline, and the memory of the process. */
const hostileRow = (): VerifyRow => {
  const [cost, deadline] = [victim(), 300]
  let [longest, memory] = [0, 0]
  const row = timed('1,000 hostile claims, deadline 300 ms each', () =>
    counted(
      hostileClaims().map((claim) => {
        const start = performance.now()
        const { kind } = verify(cost, claim, { deadline })
        longest = Math.max(longest, performance.now() - start)
        memory = Math.max(memory, process.memoryUsage().rss)
        return kind
      }),
    ),
  )
  const most = `longest ${longest.toFixed(0)} ms, ${(memory / 2 ** 20).toFixed(0)} MB`
  return { ...row, answer: `${row.answer}; ${most}` }
}

/** Prints each row as soon as it is known. */
export const verifySteps = (print: (line: string) => void): VerifyRow[] => {
  print('| verdicts | ms | goal, ms | answer |\n| --- | ---: | ---: | --- |')
  return Array.from(rows(), (row) => {
    const goal = row.goal === undefined ? '' : String(row.goal)
    print(
      `| ${row.what.replaceAll('|', '\\|')} | ${row.milliseconds.toFixed(0)} | ${goal} | ${row.answer} |`,
    )
    return row
  })
}

if (import.meta.main) verifySteps(console.log)

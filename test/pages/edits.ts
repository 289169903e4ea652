// Random edits of a document under one session: after each the report is that of a fresh check.
// `node test/pages/edits.ts [edits] [seed]` tries 1,000; chromium/edits.ts does so in a page.
import { generator, type RandomGenerator } from '@backprove/nn'
import { checkNotes, type Report, type Session, session } from '@backprove/verify'

const NETWORK = ['x: input 3', 't: input 2', 'W: parameter 2 3', 'b: parameter 2']
const START = [
  ...['# Notes', '', '```network', ...NETWORK],
  ...['z = dense(x, W, b)', 'a = sigmoid(z)', 'C = squaredError(a, t)', '```', ''],
  ...["The error is $\\delta = (a - t) \\odot \\sigma'(z)$, and so", ''],
  ...[
    '$$\\frac{\\partial C}{\\partial W} = \\delta x^T$$',
    '',
    '$$\\partial C/\\partial b = \\delta$$',
  ],
  ...['', 'With $D := a - t$ the first is $\\delta = D \\odot a \\odot (1 - a)$.'],
].join('\n')

const SPARE = ['$C = 0$', 'prose', '$$\\delta = a - t$$', '', '```', '$x_1 = x_2$', '$D := t - a$']
const LETTERS = [...'xtWbzaCδD+-=()12 $\\_{}^']

/** A character, a line, or a part of the text changed as hands change them. */
export function edited(text: string, random: RandomGenerator): string {
  const pick = (count: number): number => Math.floor(random.uniform() * count)
  const at = pick(text.length)
  const lines = text.split('\n')
  const line = pick(lines.length)
  const letter = LETTERS[pick(LETTERS.length)]!
  switch (pick(6)) {
    case 0:
      return text.slice(0, at) + letter + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(at + 1)
    case 2:
      return text.slice(0, at) + letter + text.slice(at + 1)
    case 3:
      return lines.toSpliced(line, 0, SPARE[pick(SPARE.length)]!).join('\n')
    case 4:
      return lines.toSpliced(line, 1).join('\n')
    default:
      return lines.toSpliced(line, 0, lines[pick(lines.length)]!).join('\n')
  }
}

/** What two reports must have in common, down to the place of each formula. */
const said = ({ entries, problems, ok }: Report) => ({
  entries: entries.map(({ start, end, verdict, kind }) => [start, end, kind, verdict?.kind]),
  problems,
  ok,
})

async function reportOf(given: Session, text: string): Promise<Report> {
  for await (const event of given.check(text)) if (event.kind === 'report') return event.report
  throw new Error('the session ended without a report')
}

/** The edits after which the session said something else, as both reports and the text. */
export async function differences(edits: number, seed: number): Promise<string[]> {
  const random = generator(seed)
  const operations = 100_000
  const kept = session({ operations })
  const found: string[] = []
  let text = START
  for (let k = 0; k < edits; k++) {
    // Now and then the author begins anew: a text of mere noise asks nothing.
    text = k % 12 === 11 ? START : edited(text, random)
    const [one, other] = [await reportOf(kept, text), checkNotes(text, { operations })]
    const [a, b] = [said(one), said(other)].map((each) => JSON.stringify(each))
    if (a !== b) found.push(`after edit ${k + 1}: ${a} and ${b} of\n${text}`)
  }
  return found
}

if (import.meta.main) {
  const [edits = '1000', seed = '1'] = process.argv.slice(2)
  const found = await differences(Number(edits), Number(seed))
  console.log(found.join('\n\n') || `${edits} edits: every report is that of a fresh check`)
  process.exitCode = found.length > 0 ? 1 : 0
}

// A session: what changed is judged anew, everything else is remembered, and the answers are those
// of a fresh check.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../verdict/verdict.ts'
import { fullJudge } from '../check.ts'
import type { Judge } from '../check-notes.ts'
import { type Session, type SessionEvent, session, sessionWith } from './session.ts'

const network = [
  '```network',
  'x: input 3',
  't: input 2',
  'W: parameter 2 3',
  'z = dense(x, W)',
  'a = sigmoid(z)',
  'C = squaredError(a, t)',
  '```',
].join('\n')

const counting = () => {
  const asked: string[] = []
  const judge: Judge = {
    verify: (cost, claim, options) => {
      asked.push('claim')
      return fullJudge.verify(cost, claim, options)
    },
    verifySizes: (claim, options) => fullJudge.verifySizes(claim, options),
  }
  return { asked, judge }
}

const eventsOf = async (given: Session, text: string): Promise<SessionEvent[]> => {
  const events: SessionEvent[] = []
  for await (const event of given.check(text)) events.push(event)
  return events
}

const reportOf = async (given: Session, text: string) =>
  (await eventsOf(given, text)).find((event) => event.kind === 'report')?.report

const notes = `${network}\n\nThe error is $\\delta = (a - t) \\odot \\sigma'(z)$, and so
$$\\frac{\\partial C}{\\partial W} = \\delta x^T$$
but never $\\delta = a$.\n`

describe('session', () => {
  it('says first where every formula stands, then each verdict, then the report', async () => {
    const events = await eventsOf(session(), notes)
    expect(events.map(({ kind }) => kind)).toEqual([
      'read',
      'formula',
      'formula',
      'formula',
      'report',
    ])
    const [read] = events
    const written =
      read?.kind === 'read' && read.formulas.map(({ start, end }) => notes.slice(start, end))
    expect(written).toEqual([
      "\\delta = (a - t) \\odot \\sigma'(z)",
      '\\frac{\\partial C}{\\partial W} = \\delta x^T',
      '\\delta = a',
    ])
    const verdicts = events.map((event) =>
      event.kind === 'formula' ? event.entry.verdict?.kind : undefined,
    )
    expect(verdicts.filter(Boolean)).toEqual(['proved', 'proved', 'refuted'])
  })

  it('judges only what changed: prose moves formulas, and an edit changes one', async () => {
    const { asked, judge } = counting()
    const open = sessionWith(judge)
    await eventsOf(open, notes)
    expect(asked).toHaveLength(3)
    const moved = await eventsOf(open, notes.replace('The error', 'As we know, the error'))
    expect(asked).toHaveLength(3)
    expect(moved.flatMap((event) => (event.kind === 'formula' ? [event.kept] : []))).toEqual([
      true,
      true,
      true,
    ])
    await eventsOf(open, notes.replace('delta = a$', 'delta = t$'))
    expect(asked).toHaveLength(4)
    await eventsOf(open, notes)
    expect(asked).toHaveLength(4)
  })

  it('judges anew under another network, other assumptions and another definition', async () => {
    const { asked, judge } = counting()
    const open = sessionWith(judge)
    const text = `${network}\n\n$$u := a - t$$\n\n$$\\delta = u \\odot \\sigma'(z)$$\n`
    const verdictOf = async (each: string) =>
      (await reportOf(open, each))?.entries.findLast(({ kind }) => kind === 'claim')?.verdict?.kind
    expect(await verdictOf(text)).toBe('proved')
    expect(await verdictOf(text.replace('u := a - t', 'u := t - a'))).toBe('refuted')
    expect(await verdictOf(text.replace('sigmoid', 'tanh'))).not.toBe('proved')
    const before = asked.length
    await verdictOf(`${text}<!-- assume: Σ_i t_i = 1 -->`)
    expect(asked).toHaveLength(before + 1)
  })

  it('a newer document stops the older', async () => {
    const { asked, judge } = counting()
    const open = sessionWith(judge)
    const older: SessionEvent[] = []
    for await (const event of open.check(notes)) {
      older.push(event)
      if (event.kind === 'formula') break
    }
    const [stopped, whole] = await Promise.all([
      eventsOf(open, notes.replace('never', 'not')),
      eventsOf(open, notes),
    ])
    expect(stopped).toEqual([])
    expect(whole.at(-1)?.kind).toBe('report')
    expect(asked).toHaveLength(3)
  })

  it('other tasks run between two verdicts that took work', async () => {
    let turns = 0
    const ticking = setInterval(() => turns++, 0)
    try {
      const verdict: Verdict = { kind: 'budget', tried: [] }
      const busy = () => {
        const end = performance.now() + 5
        while (performance.now() < end);
        return verdict
      }
      const open = sessionWith({ verify: busy, verifySizes: busy })
      const formulas = Array.from({ length: 10 }, (_, k) => `$a = ${k}$`)
      await eventsOf(open, `${network}\n\n${formulas.join(' and ')}`)
      expect(turns).toBeGreaterThanOrEqual(8)
    } finally {
      clearInterval(ticking)
    }
  })

  it('a document beyond the limits, and one without sense, is a report that says so', async () => {
    const report = await reportOf(session(), 'x'.repeat(2_000_001))
    expect(report).toMatchObject({ ok: false, problems: [{ reason: /2000000/ }].map(() => ({})) })
    const text = '```network\nx = y\n```\n$x = $'
    const broken = await reportOf(session(), text)
    expect(broken?.problems.map(({ start, end }) => text.slice(start, end))).toEqual(['y'])
    expect(broken?.entries.map(({ at }) => at !== undefined)).toEqual([true])
  })

  it('is a fresh check, whatever was typed before', async () => {
    const open = session({ operations: 20_000 })
    const parts = [
      "$\\delta = (a - t) \\odot \\sigma'(z)$",
      '$$\\frac{\\partial C}{\\partial W} = x \\delta$$',
      '$u := a - t$',
      '$u = a$ <!-- expect: refuted -->',
      '$\\delta = u \\odot a$',
      '$n_1 = 3$',
      '$$z_i = W_{ij} x_j$$',
      '<!-- conventions: count: 0; sum: einstein -->',
      '\\newcommand{\\dd}[2]{\\frac{\\partial #1}{\\partial #2}}',
      '$$\\dd{C}{a} = a - t$$',
      '$a = $',
      network,
      network.replace('2 3', '2 4'),
      '```network\nsizes\n```',
    ]
    const document = fc
      .tuple(
        fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n\n', '\r\n\r\n', ' '),
      )
      .map(([each, between]) => `${network}\n${each.join(between)}`)
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const fresh = await reportOf(session({ operations: 20_000 }), text)
        expect(await reportOf(open, text)).toEqual(fresh)
      }),
      { numRuns: 25, seed: 20261128 },
    )
  }, 60_000)
})

// Random edits of the notes page: after each its gutter says what a fresh check of the text says.
// `node test/pages/chromium/edits.ts [edits] [seed]` tries 1,000.
import { generator } from '@backprove/nn'
import { checkNotes } from '@backprove/verify'
import { launch } from '../../../packages/viewer/src/chromium/browser.ts'
import { notesPage, verdictWord } from '../../../packages/viewer/src/index.ts'
import { edited } from '../edits.ts'

/** Short: a check of it takes little, and most edits meet a formula or the network. */
const START = [
  ...['# Notes', '', '```network', 'x: input 3', 'w: parameter 3', 'z = w * x', 'C = sum(z * z)'],
  ...['```', '', '$\\partial C/\\partial z = 2 z$, and so', ''],
  ...['$$\\frac{\\partial C}{\\partial w} = 2 z \\odot x$$', '', 'and $\\delta = z$ is wrong.'],
].join('\n')

/** So many marks stand beside one another; a line with more shows the first. */
const MOST_IN_LINE = 3

const expected = (text: string): string[] => {
  const inLine = new Map<number, number>()
  return checkNotes(text).entries.flatMap(({ verdict, line }) => {
    const before = inLine.get(line) ?? 0
    inLine.set(line, before + 1)
    return verdict && before < MOST_IN_LINE
      ? [`line ${line}: ${verdictWord(verdict.kind, 'en')}`]
      : []
  })
}

/** The edits after which the page said something else, with the text; and its complaints. */
export async function differencesOfPage(edits: number, seed: number): Promise<string[]> {
  const random = generator(seed)
  const chromium = await launch()
  try {
    const { page, complaints } = await chromium.open(await notesPage({ notes: START }))
    const area = page.locator('textarea')
    const marks = page.locator('.gutter .mark')
    const isChecked = () =>
      page.evaluate(
        () =>
          new Promise<void>((done) => {
            const notes = document.querySelector('backprove-notes')!
            notes.addEventListener('checked', () => done(), { once: true })
          }),
      )
    // The report on the text that the page came with is not to be taken for that on the first edit.
    await page.waitForFunction(() => {
      const { shadowRoot } = document.querySelector('backprove-notes')!
      const all = [...shadowRoot!.querySelectorAll('.gutter .mark')]
      return all.length > 0 && all.every((mark) => !mark.matches('.waiting'))
    })
    await page.waitForTimeout(500)
    const found: string[] = []
    let text = START
    for (let k = 0; k < edits; k++) {
      text = k % 12 === 11 ? START : edited(text, random)
      await Promise.all([isChecked(), area.fill(text)])
      const said = await marks.evaluateAll((all: HTMLElement[]) => all.map(({ title }) => title))
      const [a, b] = [said.sort().join(', '), expected(text).sort().join(', ')]
      if (a !== b) found.push(`after edit ${k + 1}: "${a}", not "${b}", of\n${text}`)
    }
    return [...found, ...complaints]
  } finally {
    await chromium.close()
  }
}

if (import.meta.main) {
  const [edits = '1000', seed = '1'] = process.argv.slice(2)
  const found = await differencesOfPage(Number(edits), Number(seed))
  console.log(found.join('\n\n') || `${edits} edits: the page says what a fresh check says`)
  process.exitCode = found.length > 0 ? 1 : 0
}

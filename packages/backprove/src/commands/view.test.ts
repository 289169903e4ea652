// The command as a person uses it: a page from each kind of model.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bookCnn, miniResNet, save } from '@backprove/nn'
import { readView } from '@backprove/viewer'
import { afterAll, describe, expect, it } from 'vitest'
import { recorded as run } from '../testing/recorded.ts'

const folder = mkdtempSync(join(tmpdir(), 'backprove-view-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function viewed(...args: string[]) {
  const output = join(folder, 'view.json')
  expect((await run(['view', ...args, '--json', '-o', output])).code).toBe(0)
  return readView(JSON.parse(readFileSync(output, 'utf8')))
}

const NETWORK = 'x_i: input 3\nw_i: parameter 3\ny_i = x * w\nC = sum(y * y)\n'

describe('view', () => {
  it('writes one page', async () => {
    const output = join(folder, 'page.html')
    const { text } = await run(['view', 'bookCnn', '-o', output, '--lang', 'zh-CN'])
    expect(text).toContain('page.html: ')
    const html = readFileSync(output, 'utf8')
    expect(html).toContain('<html lang="zh-CN">')
    expect(html).toContain('<backprove-graph address>')
  })

  it('of a checkpoint: its own weights, and a real digit', async () => {
    const path = join(folder, 'net.safetensors')
    const model = bookCnn({ seed: 5 })
    save(model, path)
    const { values, document } = await viewed(path)
    expect([...values.get('w^F')!]).toEqual([...(model.values['w^F'] ?? [])])
    expect(Math.max(...values.get('x')!)).toBeGreaterThan(0.5)
    expect(document.health?.[0]?.text).toContain('saturated')
  })

  it('of a graph document and of a text, with the line of each array', async () => {
    const json = join(folder, 'graph.json')
    const model = miniResNet()
    writeFileSync(json, JSON.stringify(model.graph.toJSON([model.cost])))
    expect((await viewed(json)).cost.name).toBe('C')
    const text = join(folder, 'network.txt')
    writeFileSync(text, NETWORK)
    expect((await viewed(text)).document.lines).toMatchObject({ y: 'network.txt:3' })
  })

  it('blocks are those of the model', async () => {
    const { document } = await viewed('miniResNet')
    expect(document.scopes.map(({ title }) => title)).toEqual(['residual 1', 'residual 2'])
    expect(document.scopes[0]!.names).toContain('z^4')
  })

  it('verdicts of notes go with it', async () => {
    const notes = join(folder, 'notes.md')
    writeFileSync(notes, `\`\`\`network\n${NETWORK}\`\`\`\n\n$∂C/∂y = 2 y$ and $∂C/∂y = y$\n`)
    const text = join(folder, 'network.txt')
    writeFileSync(text, NETWORK)
    const { document } = await viewed(text, '--notes', notes)
    expect(document.notes!.verdicts.map(({ kind }) => kind)).toEqual(['proved', 'refuted'])
    expect(document.notes!.verdicts[0]).toMatchObject({ line: 8, ok: true })
  })

  it('of notes: the page where they are checked', async () => {
    const notes = join(folder, 'mine.md')
    writeFileSync(notes, '# Mine </pre><img src=x>')
    const output = join(folder, 'mine.html')
    expect((await run(['view', notes, '-o', output])).code).toBe(0)
    expect(readFileSync(output, 'utf8')).toContain('<pre>\n# Mine &lt;/pre>&lt;img src=x>')
    expect((await run(['view', notes, '--json'])).errors).toMatch(/is notes/)
  })

  it.each([
    [[], /missing required argument/],
    [['nowhere'], /no such model or file; nets are bookCnn/],
    [['bookCnn', '--lang', 'fr'], /Allowed choices are en, zh-CN/],
    [['bookCnn', '--colour'], /colour/],
    [['bookCnn', '-o', join(folder, 'absent', 'a.html')], /absent/],
    [['bookCnn', '--notes', 'absent.md'], /absent.md/],
    [[join(folder, 'absent.safetensors')], /no such file/],
  ])('%j cannot be used', async (args, reason) => {
    const { code, errors } = await run(['view', ...args])
    expect(code).toBe(2)
    expect(errors).toMatch(reason)
  })
})

// The command line as a whole: help, version, what is said of a slip, and what a shell completes.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { recorded as run } from './testing/recorded.ts'

const commands = ['demo', 'check', 'derive', 'view', 'train', 'completion']

describe('backprove', () => {
  it('tells its version', async () => {
    const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
    const { code, text } = await run(['--version'])
    expect({ code, text }).toEqual({ code: 0, text: `${JSON.parse(manifest).version}\n` })
  })

  it('prints its help: asked, and where no command is named', async () => {
    const { code, text } = await run(['--help'])
    expect(code).toBe(0)
    for (const command of commands) expect(text).toContain(`\n  ${command}`)
    expect(await run([])).toMatchObject({ code: 2, text: '', errors: text })
  })

  it.each(commands)('%s --help lists options and exit codes, and runs nothing', async (command) => {
    const { code, text } = await run([command, '--help'])
    expect(code).toBe(0)
    expect(text).toMatch(/^Usage: backprove /)
    expect(text).toMatch(/Exit codes:\n {2}0 {2}/)
    expect((await run(['help', command])).text).toBe(text)
  })

  it.each([
    [['chek'], /backprove: unknown command 'chek'\n\(Did you mean check\?\)/],
    [['verify', 'a.md'], /unknown command 'verify'\n\(Did you mean check\?\)/],
    [['train', 'bookCnn', '--data', 'digits123', '--lr', '1'], /'--lr'\n\(Did you mean --rate\?\)/],
    [
      ['check', 'y = x'],
      /y = x: .*a formula stands behind what it is about: check bookCnn 'y = x'/,
    ],
    [['--verson'], /Did you mean --version/],
    [['check', 'a.md', 'b.md'], /backprove check: too many arguments/],
    [['completion', 'tcsh'], /Allowed choices are bash, zsh, fish, powershell/],
  ])('%j is a slip', async (args, reason) => {
    const { code, text, errors } = await run(args)
    expect({ code, text }).toEqual({ code: 2, text: '' })
    expect(errors).toMatch(reason)
    expect(errors).toMatch(/--help tells how it is called/)
  })

  it('paints where colours are forced, and nowhere else', async () => {
    const forced = await run(['chek'], { environment: { FORCE_COLOR: '1', NO_COLOR: '1' } })
    expect(forced.errors).toContain('\u001b[31m')
    expect((await run(['chek'])).errors).not.toContain('\u001b')
  })
})

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish', 'powershell'])('has a script for %s', async (shell) => {
    const { code, text } = await run(['completion', shell])
    expect(code).toBe(0)
    expect(text).toContain('backprove complete')
  })

  const complete = async (...words: string[]) => {
    const { text } = await run(['complete', '--', ...words])
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split('\t')[0])
  }

  it('completes commands, options, and the values of an option', async () => {
    expect(await complete('ch')).toEqual(['check'])
    expect(await complete('check', '--js')).toEqual(['--json'])
    expect(await complete('train', 'bookCnn', '--optimizer', '')).toEqual([
      'sgd',
      'rmsprop',
      'adagrad',
      'adamw',
      'adam',
    ])
    expect(await complete('completion', 'z')).toEqual(['zsh'])
  })

  it('leaves files to the shell', async () => {
    expect(await complete('check', 'no')).toEqual([])
    expect(await complete('train', 'bookCnn', '--data', '')).toEqual([])
  })
})

describe('demo', () => {
  it('fits one screen, whatever its width', async () => {
    for (const columns of [50, 80]) {
      const { code, text } = await run(['demo'], { columns })
      const lines = text.trimEnd().split('\n')
      expect(code).toBe(0)
      expect(lines.length).toBeLessThan(30)
      expect(text).toMatch(/% of 108 unseen digits right/)
      expect(text).toMatch(/✓ .*proved for all sizes/)
      expect(text).toMatch(/✗ .*refuted/)
    }
  })

  it('is JSON where that is asked for', async () => {
    const { text } = await run(['demo', '--json'])
    expect(JSON.parse(text)).toMatchObject({ parameters: 69, held: 108 })
  })
})

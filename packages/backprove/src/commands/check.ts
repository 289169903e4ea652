// backprove check NOTES.md: a verdict for every formula of a document.
import { existsSync } from 'node:fs'
import { checkNotes, formatReport, type Report } from '@backprove/verify'
import { Command } from 'commander'
import { jsonOf } from '../terminal/json.ts'
import { checkModel, isModelFile } from './check-model.ts'
import { watchNotes } from './check-watch.ts'
import { readText, requirePlace, STANDARD_INPUT, written } from './files.ts'
import { exitCodes, number, type Shell, UsageError } from './shell.ts'

interface CheckOptions {
  readonly json?: boolean
  readonly certificates?: string
  readonly allow: readonly string[]
  readonly deadline?: number
  readonly strict?: boolean
  readonly watch?: boolean
}

export const checkCommand = (shell: Shell): Command =>
  new Command('check')
    .description('a verdict for every formula of a document')
    .argument(
      '<notes>',
      'a document of Markdown or LaTeX with formulas, or a model; - for standard input',
    )
    .argument('[formulas...]', 'what is claimed of a model')
    .option('--json', 'the report as JSON')
    .option('--certificates <file>', 'write the certificate of every proof')
    .option('--allow <kinds>', `fine where nothing is expected: ${ALLOWED.join(',')}`, kinds, [])
    .option('--strict', 'what holds only under a convention, or is not judged, counts as wrong')
    .option('--deadline <ms>', 'milliseconds for each formula (5000)', deadline)
    .option('--watch', 'the report again whenever the document is saved, until Ctrl-C')
    .addHelpText(
      'after',
      exitCodes('every verdict is as expected', 'some is not', 'nothing could be checked'),
    )
    .action(async (path: string, formulas: string[], options: CheckOptions) => {
      const isModel = isModelFile(path)
      if (!isModel && formulas.length > 0) {
        throw new UsageError(
          `too many arguments: ${path} is a document, which has its formulas in it`,
        )
      }
      shell.exit(
        isModel
          ? await checkModel(path, formulas, options, shell)
          : await check(path, options, shell),
      )
    })

const ALLOWED = ['ambiguous', 'budget']

const kinds = (text: string): string[] => {
  const given = text.split(',').map((kind) => kind.trim())
  const wrong = given.find((kind) => !ALLOWED.includes(kind))
  if (wrong === undefined) return given
  throw new UsageError(`--allow takes ${ALLOWED.join(' and ')}, not "${wrong}"`)
}

const deadline = number('--deadline', { above: 0 })

const EXPECTS =
  'check takes a document of Markdown or LaTeX with formulas between $ and $; a ```network block, or ' +
  'its equations, say what they are about'
/** Files that people have beside their notes. */
const OTHER = /\.(?:[cm]?[jt]sx?|py|ipynb|json|ya?ml|safetensors|onnx|csv|png|jpe?g|pdf|docx?)$/i

/** @throws UsageError for a program, a picture or another file that is no document */
function demandDocument(path: string): void {
  const [extension] = OTHER.exec(path) ?? []
  if (extension) throw new UsageError(`${path}: a ${extension} file is no document; ${EXPECTS}`)
}

/** @throws UsageError where nothing was judged: that is no success */
function demandFormulas(path: string, { entries, problems }: Report): void {
  if (problems.length > 0 || entries.some(({ verdict }) => verdict)) return
  throw new UsageError(`${path}: there is no formula that claims anything; ${EXPECTS}`)
}

const certificatesOf = ({ entries }: Report) =>
  entries.flatMap(({ formula, line, verdict }) =>
    verdict?.kind === 'proved' ? [{ formula, line, certificate: verdict.certificate }] : [],
  )

const withoutCertificates = (report: Report): unknown =>
  JSON.parse(jsonOf(report), (key, value) => (key === 'certificate' ? undefined : value))

/** @throws UsageError */
async function check(path: string, options: CheckOptions, shell: Shell): Promise<number> {
  const { json, certificates, watch, ...rest } = options
  const { screen } = shell
  const show = (report: Report): void => {
    if (json) screen.line(jsonOf(withoutCertificates(report)))
    else {
      const lines = formatReport(report, screen, screen.tableColumns)
      for (const line of lines) screen.line(line)
    }
  }
  demandDocument(path)
  if (path.includes('=') && !existsSync(path)) {
    const hint = `a formula stands behind what it is about: check bookCnn '${path}'`
    throw new UsageError(`${path}: there is no such file; ${hint}`)
  }
  if (watch && path === STANDARD_INPUT) {
    throw new UsageError('--watch looks at a file; standard input is read once')
  }
  const text = await readText(path)
  if (watch) {
    if (certificates !== undefined || rest.deadline !== undefined)
      throw new UsageError('--watch goes with --json and --allow alone')
    const { allow } = rest
    // Asked for only here, so that Ctrl-C ends anything else at once.
    const signal = shell.interruption()
    return (await watchNotes(path, screen, { allow, show, signal })) ? 0 : 1
  }
  if (certificates !== undefined) requirePlace(certificates)
  const report = checkNotes(text, { ...rest, certificates: certificates !== undefined })
  demandFormulas(path, report)
  if (certificates !== undefined) await written(certificates, `${jsonOf(certificatesOf(report))}\n`)
  show(report)
  return report.ok ? 0 : 1
}

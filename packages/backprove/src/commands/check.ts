// backprove check NOTES.md: a verdict for every formula of a document. Exit codes: 0 when every
// verdict is as expected, 1 when some is not, 2 when the command or the document cannot be used.
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { checkNotes, formatReport, type Report } from '@backprove/verify'
import type { Screen } from '../terminal/screen.ts'
import { watchNotes } from './check-watch.ts'
import { UsageError } from './usage.ts'

export const CHECK_USAGE = `backprove check NOTES.md [--json] [--certificates FILE]
                         [--allow ambiguous,budget] [--watch]

  --json               the report as JSON
  --certificates FILE  write the certificate of every proof
  --allow KINDS        verdicts that are fine where nothing is expected: ambiguous, budget
  --deadline MS        milliseconds for each formula (5000)
  --watch              the report again whenever the document is saved, until Ctrl-C

Exit code: 0 every verdict is as expected, 1 some is not, 2 the document could not be checked.
`

const ALLOWED = ['ambiguous', 'budget']

const allowedKinds = (text: string): string[] => {
  const kinds = text.split(',').map((kind) => kind.trim())
  const wrong = kinds.find((kind) => !ALLOWED.includes(kind))
  if (wrong === undefined) return kinds
  throw new UsageError(`--allow takes ${ALLOWED.join(' and ')}, not "${wrong}"`)
}

const milliseconds = (text: string): number => {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new UsageError(`--deadline takes milliseconds, not "${text}"`)
}

const readDocument = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : (error as Error).message
    throw new UsageError(`${path}: ${reason}`)
  }
}

/** Exact numbers as text: JSON has none that are long enough. */
const json = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `${item}` : item), 2)

const certificatesOf = ({ entries }: Report) =>
  entries.flatMap(({ formula, line, verdict }) =>
    verdict?.kind === 'proved' ? [{ formula, line, certificate: verdict.certificate }] : [],
  )

const withoutCertificates = (report: Report): unknown =>
  JSON.parse(json(report), (key, value) => (key === 'certificate' ? undefined : value))

/**
 * `until` ends a watch; it is asked for only by one, so that Ctrl-C ends anything else at once.
 * @throws UsageError
 */
export async function check(
  args: readonly string[],
  screen: Screen,
  until: () => AbortSignal = () => new AbortController().signal,
): Promise<number> {
  const { values, positionals } = parsed(args)
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0)
    throw new UsageError(`one document\n\n${CHECK_USAGE}`)
  const allow = values.allow === undefined ? [] : allowedKinds(values.allow)
  const show = (report: Report) => {
    if (values.json) screen.line(json(withoutCertificates(report)))
    else for (const line of formatReport(report, screen)) screen.line(line)
  }
  if (values.watch) {
    if (values.certificates !== undefined || values.deadline !== undefined)
      throw new UsageError('--watch goes with --json and --allow alone')
    await readDocument(path)
    return (await watchNotes(path, screen, { allow, show, signal: until() })) ? 0 : 1
  }
  const report = checkNotes(await readDocument(path), {
    allow,
    certificates: values.certificates !== undefined,
    ...(values.deadline !== undefined && { deadline: milliseconds(values.deadline) }),
  })
  if (values.certificates !== undefined)
    await writeFile(values.certificates, `${json(certificatesOf(report))}\n`)
  show(report)
  return report.ok ? 0 : 1
}

const parsed = (args: readonly string[]) => {
  const options = {
    json: { type: 'boolean' },
    certificates: { type: 'string' },
    allow: { type: 'string' },
    deadline: { type: 'string' },
    watch: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${CHECK_USAGE}`)
  }
}

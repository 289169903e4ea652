// A derivation as one HTML file without scripts: each step with what it passes, its formula and
// what was proved of it.
import { show } from '@backprove/graph'
import type { DerivationStep, Verdict } from '@backprove/verify'
import { fontBytes, sha256 } from './assets.ts'
import { ViewError } from './document.ts'
import { pageOptions } from './given.ts'
import { MATH_STYLE } from './math/style.ts'
import { documentOf, escaped, policyFor } from './page.ts'
import { ROOT_STYLE } from './palette.ts'
import { mathMarkup } from './static-math.ts'
import { underlined } from './tex.ts'
import { partsOf } from './verdicts/parts.ts'
import { sentencesIn } from './verdicts/text.ts'
import { verdictSign, verdictWord } from './verdicts/words.ts'

/** Options of `derivationPage`. */
export interface DerivationPageOptions {
  /** What is derived, for the title. Default: the derivative by the last step's array. */
  readonly title?: string
  /** `en` or `zh-CN`. Default `en`. */
  readonly language?: string
}

const WORDS = {
  en: {
    derivation: 'Derivation',
    through: 'through',
    join: 'paths join here:',
    none: 'not in the cost',
  },
  zh: {
    derivation: '推导',
    through: '经过',
    join: '条路径在此汇合：',
    none: '代价不由它算出',
  },
}

const isDerivation = (steps: unknown): boolean =>
  Array.isArray(steps) && steps.every((step) => Array.isArray(step?.passes))

/** A derivation as one HTML file without scripts: each step with its formula and its verdict. */
export async function derivationPage(
  steps: readonly DerivationStep[],
  options: DerivationPageOptions = {},
): Promise<string> {
  const given = pageOptions('derivationPage', options, ['title', 'language'])
  const { language = 'en' } = given
  if (!isDerivation(steps)) {
    const made = 'derivation(cost, wrt) of verify gives one'
    throw new ViewError(`derivationPage: ${show(steps)} is no derivation; ${made}`)
  }
  const words = WORDS[/^zh/i.test(language) ? 'zh' : 'en']
  const { title = words.derivation } = given
  const items = steps.map((step) => {
    const { passes, equation, chain, definitions, underTargets, verdict, by } = step
    const short = underTargets ? [underTargets.latex] : []
    const sides = [
      ...(chain ? [underlined(chain.latex)] : []),
      ...[equation.right.latex, ...short],
    ].map((tex) => `&= ${tex}`)
    const defined = definitions.map(({ latex }) => latex.replace(' = ', ' &= '))
    const lines = [`${equation.left.latex} ${sides.join(' \\\\ ')}`, ...defined]
    const aligned = `\\begin{aligned} ${lines.join(' \\\\ ')} \\end{aligned}`
    const way = passes.map(({ latex }) => mathMarkup(latex)).join(', ')
    const said =
      passes.length === 0
        ? words.none
        : passes.length === 1
          ? `${words.through} ${way}`
          : `${passes.length} ${words.join} ${way}`
    const [mark, ...limits] = markOf(verdict, language).map((line) => sentence(line))
    return [
      `<li id="${escaped(by)}">`,
      `<p class="way">${said}</p>`,
      mathMarkup(aligned, true),
      `<p class="mark ${escaped(verdict.kind)}">${mark}</p>`,
      ...limits.map((line) => `<p class="limit">${line}</p>`),
      '</li>',
    ].join('\n')
  })
  const font = Buffer.from(await fontBytes()).toString('base64')
  const style = [STYLE, MATH_STYLE, fontFace(`data:font/woff2;base64,${font}`)].join('')
  const csp = policyFor({ style: sha256(style) })
  return documentOf({ title, language, style, csp }, [
    '<main>',
    `<h1>${escaped(title).replaceAll(/\^([\p{L}\d,]+)/gu, '<sup>$1</sup>')}</h1>`,
    '<ol>',
    ...items,
    '</ol>',
    '</main>',
  ])
}

/** As HTML, its mathematics set. */
const sentence = (text: string): string =>
  partsOf(text)
    .map((part) => (typeof part === 'string' ? escaped(part) : mathMarkup(part.tex)))
    .join('')

/** The sign with what was proved, then where that is not judged. */
function markOf(verdict: Verdict, language: string): string[] {
  const { kind } = verdict
  const sign = verdictSign(kind, kind === 'proved' && verdict.scope === 'all-sizes')
  if (kind !== 'proved' && kind !== 'agrees') return [`${sign} ${verdictWord(kind, language)}`]
  const { readAs, ...said } = verdict
  const [summary, ...limits] = sentencesIn(language).verdict(said).split('\n')
  return [`${sign} ${summary}`, ...limits.map((line) => line.trim())]
}

/** The rule that names the font of formulas at this address. */
export const fontFace = (address: string): string =>
  `@font-face{font-family:"Backprove Math";src:url(${address}) format("woff2")}`

const STYLE = [
  ROOT_STYLE,
  'body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,sans-serif}',
  'main{max-width:820px;margin:0 auto;padding:32px 20px 80px}',
  'h1{font-size:24px}',
  'ol{padding-left:28px}',
  'li{margin:0 0 28px}',
  'math[display]{overflow:auto hidden;padding:.3em 0 .5em}',
  '.way{margin:0;color:var(--quiet);overflow-x:auto}',
  '.limit{margin:0;color:var(--quiet);font-size:14px}',
  '.mark{margin:4px 0 0;font-weight:600;font-size:14px;color:var(--verdict)}',
].join('')

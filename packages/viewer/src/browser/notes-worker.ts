// The worker of the notes page: proofs, repairs, derivations. It keeps one verdict for each formula
// in its context, and a newer document stops the older.
import { sentenceOf } from '@backprove/graph'
import { buildNetwork, derivation, readNetwork, session } from '@backprove/verify'
import { sentencesIn } from '../verdicts/text.ts'
import { viewDocument } from '../view-document.ts'
import { networkAt } from './worker/network-at.ts'
import type { FromWorker, ToWorker } from './worker/protocol.ts'
import { definitionsIn, latexOf, shownFormula, shownStep } from './worker/shown.ts'

const scope = globalThis as unknown as {
  postMessage(message: FromWorker): void
  onmessage: (event: { data: ToWorker }) => void
}
const say = (message: FromWorker): void => scope.postMessage(message)
const checks = session()
/** The network whose view was sent last: it is sent again only when it is another. */
let shown: string | undefined

const costOf = (network: string) => buildNetwork(readNetwork(network)).cost

async function check(text: string, language: string): Promise<void> {
  const sentences = sentencesIn(language)
  const definitions = definitionsIn(text)
  for await (const event of checks.check(text)) {
    if (event.kind === 'read') {
      const formulas = event.formulas.map((place) => ({
        ...place,
        latex: /\\/.test(place.formula) ? place.formula : latexOf(place.formula),
        isClaim: true,
      }))
      const problems = event.problems.map((each) => ({
        ...each,
        reason: sentences.reason(each.reason),
      }))
      say({ kind: 'read', formulas, problems })
    } else if (event.kind === 'formula') {
      const formula = shownFormula(event.entry, sentences, definitions)
      say({ kind: 'formula', at: event.at, formula })
    } else say({ kind: 'report', ok: event.report.ok })
  }
}

function view(text: string, at: number): void {
  const network = networkAt(text, at)
  if (network === shown) return
  shown = network
  if (network === undefined) say({ kind: 'view', network: '', view: undefined })
  else say({ kind: 'view', network, view: viewOf(network) })
}

function viewOf(network: string) {
  try {
    return viewDocument(costOf(network))
  } catch {
    // The report says what is wrong with it.
    return undefined
  }
}

function derive(text: string, at: number, by: string, language: string): void {
  const network = networkAt(text, at)
  if (network === undefined) return
  try {
    const cost = costOf(network)
    const steps = derivation(cost, cost.graph.node(by)).map(shownStep)
    say({ kind: 'steps', by, steps })
  } catch (error) {
    say({ kind: 'problem', message: sentencesIn(language).reason(sentenceOf(error)) })
  }
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'check') void check(data.text, data.language)
  else if (data.kind === 'view') view(data.text, data.at)
  else derive(data.text, data.at, data.by, data.language)
}

// What a document says at its head about how its formulas are written: count: 0, Σt = 1, * = ⊙.
import type { ConventionName } from './names.ts'

const spellings: readonly (readonly [RegExp, ConventionName])[] = [
  [/^(?:count|indices|origin)\s*:\s*(?:from\s+)?0$/, 'count from 0'],
  [/^(?:Σ|∑|\\sum)\s*(?:_\{?\w+\}?)?\s*t(?:_\{?\w+\}?)?\s*=\s*1$/, 'Σt = 1'],
  [/^['"]?\*['"]?\s*[=:]\s*(?:⊙|\\odot)$/, '* = ⊙'],
  [/^(?:program|arrays)\s*:\s*(?:numpy|broadcast)$/i, 'program'],
  [/^rows\s*:\s*(?:broadcast|spread)$/, 'rows'],
  [/^vectors\s*:\s*rows$/, 'row vectors'],
  [/^vectors\s*:\s*columns$/, 'columns'],
  [/^gradients\s*:\s*rows$/, 'row gradients'],
  [/^(?:jacobians|layout)\s*:\s*(?:denominator|transposed)$/, 'denominator layout'],
  [/^σ\s*:\s*(?:the\s+)?activation$/, 'σ is the activation'],
  [/^bars?\s*:\s*adjoints?$/, 'adjoints'],
  [/^layers\s*:\s*(?:any|each|every)$/, 'layers'],
  [/^gradients\s*:\s*(?:of\s+)?examples$/, 'example gradients'],
  [/^(?:sums?|Σ|examples)\s*:\s*(?:over\s+)?examples$/, 'examples'],
  [/^targets\s*:\s*one-?hot$/, 'one-hot'],
  [/^products\s*:\s*inner$/, 'inner products'],
  [/^entries\s*:\s*(?:any|left out)$/, 'entries'],
  [/^slopes\s*:\s*(?:of\s+)?entries$/, 'entry slopes'],
  [/^(?:Σ|sums?|summation)\s*:\s*(?:einstein|convention|implicit)$/i, 'summation'],
]

/** The conventions among the lines of a head; lines that say anything else are somebody else's. */
export const declaredIn = (head: string): ConventionName[] => {
  const lines = head.split(/[\n;]/).map((line) => line.trim().replace(/,$/, ''))
  const found = lines.flatMap((line) =>
    spellings.flatMap(([pattern, name]) => (pattern.test(line) ? [name] : [])),
  )
  return [...new Set(found)]
}

// The claims of a program, statement by statement.
import type { Claim } from '../../syntax.ts'
import type { Token } from '../tokens/tokens.ts'
import { rowsOf } from './assignments.ts'
import { statementsIn } from './statements.ts'

/** `own`: names that the program gives to something; `grouped` joins letters and matches brackets; `claimsIn` reads what tokens claim. */
export const programClaims = (
  program: string,
  own: readonly string[],
  grouped: (text: string) => readonly Token[],
  claimsIn: (tokens: readonly Token[]) => Claim[],
): Claim[] => {
  const lines = statementsIn(program).map(({ text, loops }) => ({
    tokens: grouped(text),
    loops,
  }))
  return rowsOf(lines, own).flatMap(({ tokens, fromZero, before }) =>
    claimsIn(tokens).map((claim): Claim => {
      const [earlier] = before ? claimsIn(before) : []
      return { ...claim, ...(fromZero && { fromZero }), ...(earlier && { before: earlier }) }
    }),
  )
}

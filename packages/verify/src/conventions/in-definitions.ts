// What is said at the head of a document holds in what its formulas define, too: u_i = w_{ij} x_j.
import type { Claim } from '../language/syntax.ts'

type Read<Of> = (claim: Claim, of: Of) => Claim | undefined

/** Of what reads the sides of a claim: the values of its definitions are read alike. */
export const inDefinitionsToo =
  <Of>(read: Read<Of>): Read<Of> =>
  ({ when, ...claim }, of) => {
    const where = claim.where.map((each) => {
      const operands = [each.left, each.value]
      const said = read({ ...claim, operands, where: [] }, of)
      return said && said.program === claim.program ? { ...each, value: said.operands[1]! } : each
    })
    const given: Claim = when ? { ...claim, when } : claim
    const found = read(given, of)
    const isChanged = where.some((each, k) => each !== claim.where[k])
    return found || isChanged ? { ...(found ?? given), where } : undefined
  }

// What a relation says of the sign of a difference: of left − right. None is known of ∈.

export const relations: Readonly<Partial<Record<string, (sign: number) => boolean>>> = {
  '=': (sign) => sign === 0,
  '≠': (sign) => sign !== 0,
  '<': (sign) => sign < 0,
  '≤': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '≥': (sign) => sign >= 0,
}

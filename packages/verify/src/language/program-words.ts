// Words of lines of programs alone: a table only.

/** matmul(A, B) is A @ B, dot is that of NumPy, size is x.shape[0]; spelt as programs have them, and what they are. */
export const ofPrograms = [
  ['matmul', 'matmul'],
  ['dot', 'dot'],
  ['outer', 'outer'],
  ['var', 'variance'],
  ['std', 'deviation'],
  ['size', 'size'],
  ['view', 'view'],
  ['part', 'part'],
  ['einsum', 'einsum'],
  ['tensordot', 'tensordot'],
  ['kron', 'kron'],
  ['repeat', 'repeat'],
  ['filled', 'filled'],
] as const

export const programWords: ReadonlyMap<string, (typeof ofPrograms)[number][1]> = new Map(ofPrograms)

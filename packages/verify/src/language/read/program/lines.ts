// What tells a line of a program from a formula, and what is only the program's: modules, self,
// comments, quotes. At the same length, so that every place stays where it was.

/** NumPy and PyTorch: np.sum, x.T, dout.sum(axis=0), A @ B, x**2. */
const marks: readonly RegExp[] = [
  /\b(?:np|numpy|jnp|torch|tf|nn|F|math|cp)\.[A-Za-z]/,
  /(?:[\w\])]|\p{L})\.(?:T|mT|t\(\)|grad)(?![A-Za-z\d_(])/u,
  /\.(?:dot|matmul|mm|sum|mean|max|min|var|std|transpose|exp|log|sqrt|pow|square|tanh|astype)\(/,
  /\b(?:axis|dim|keepdims?)\s*=/,
  /[\w)\]]\s*\*\*\s*[\w(+-]/,
  /[\w)\]]\s*@\s*[\w(]/,
  /\bself\.[A-Za-z]/,
  /\.(?:shape\[|size\()/,
]

export const isProgram = (text: string): boolean =>
  !text.includes('\\') && marks.some((mark) => mark.test(text))

const blank = (text: string): string => ' '.repeat(text.length)

/** What stands around the mathematics of a line, and what is taken in its place. */
const plain: readonly (readonly [RegExp, (all: string, ...groups: string[]) => string])[] = [
  [/#.*$/gm, blank],
  [/\bself\./g, blank],
  [/\b(?:np|numpy|jnp|cp|torch|tf|math)\.(?:nn\.|linalg\.|math\.|functional\.)*/g, blank],
  [/\b(?:nn|F)\.(?:functional\.)?(?=[a-z])/g, blank],
  // params['W1'] and cache["A1"] are W1 and A1.
  [
    /\b[A-Za-z_]+\[(['"])([A-Za-z_]\w*)\1\]/g,
    (all, _, key) => key!.padStart(all.length - 2).padEnd(all.length),
  ],
  [/(\d)\.(?![\d\w.])/g, (_, digit) => `${digit} `],
  // A statement ends, or is a type.
  [/;\s*$/g, blank],
]

export const programText = (text: string): string =>
  plain.reduce((read, [pattern, change]) => read.replace(pattern, change), text)

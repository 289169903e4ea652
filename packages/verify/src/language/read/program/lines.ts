// What tells a line of a program from a formula, and what is only the program's: modules, self,
// comments, quotes. At the same length, so that every place stays where it was.

import { greek } from '../../lexicon.ts'
import { ClaimError } from '../../syntax.ts'

/** x[-1] and x[-i-1], counted from the end; no [-1 < z]. */
const fromTheEnd = /[\w)\]]\[(?:[^\]]*,)?\s*-\s*\w[\w\s+*-]*[,\]]/

/** NumPy and PyTorch: np.sum, x.T, dout.sum(axis=0), A @ B, x**2. */
const marks: readonly RegExp[] = [
  /\b(?:np|numpy|jnp|torch|tf|nn|F|math|cp)\.[A-Za-z]/,
  /[\w\])]\.(?:T|mT|t\(\)|grad)(?![A-Za-z\d_(])/,
  /\.(?:dot|matmul|mm|sum|mean|max|min|var|std|transpose|exp|log|sqrt|pow|square|tanh|astype)\(/,
  /\b(?:axis|dim|keepdims?)\s*=/,
  /[\w)\]]\s*\*\*\s*[\w(+-]/,
  /[\w)\]]\s*@\s*[\w(]/,
  /\bself\.[A-Za-z]/,
  fromTheEnd,
  /\.(?:shape\[|size\()|\blen\(/,
  // dz[z <= 0] = 0, and a part of an axis, x[0, i:i+3].
  /(?<=[A-Za-z]\w*)\[[^\]=]*[<>]=?[^\]]*\]\s*=\s*0(?:\.0*)?\s*(?:$|[;\n#])/,
  /(?<=[A-Za-z]\w*)\[[^\]]*[\w)]\s*:\s*[\w(][^\]]*\]/,
  // dout[mask] = 0 of a mask with a name.
  /(?<=[A-Za-z]\w*)\[[A-Za-z_]{3,}\]\s*=(?!=)/,
  // 1./N, and a comment.
  /(?<![\w.])\d+\.(?=\s*[-+*/)])/,
  /\s#\s?\w/,
  /[\w)\]]\.[a-z_]+\(/,
  /\[(?:[^\]]*,)?\s*None\s*[,\]]/,
  /[\w\])]\s*[-+*/@]=(?!=)/,
  /\bfor\s+\w+\s+in\s+(?:range|zip|enumerate)\b/,
  // da * (x > 0): mathematics has a bracket of its own for what holds.
  /^[\x20-\x7e]*(?<!\.)\*\s*\(\s*\w+\s*[<>]=?\s*[\w.]+\s*\)/,
]

const greekTurned = /\p{L}\.(?:T|mT|t\(\)|grad)(?![A-Za-z\d_(])/u

export const isProgram = (text: string): boolean =>
  !text.includes('\\') &&
  (marks.some((mark) => mark.test(text)) || (text.includes('.') && greekTurned.test(text)))

const comment = /#.*$/gm

const blank = (text: string): string => ' '.repeat(text.length)

/** Without an arrow: the letters that stand once, in the order of the alphabet. */
const implied = (inputs: string): string => {
  const letters = [...inputs.replaceAll(/[, ]/g, '')]
  return [...new Set(letters)]
    .filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter))
    .sort()
    .join('')
}

/** What stands around the mathematics of a line, and what is taken in its place. */
const plain: readonly (readonly [RegExp, (all: string, ...groups: string[]) => string])[] = [
  [/\bself\./g, blank],
  [/\b(?:np|numpy|jnp|cp|torch|tf|math)\.(?:nn\.|linalg\.|math\.|functional\.)*/g, blank],
  [/\b(?:nn|F)\.(?:functional\.)?(?=[a-z])/g, blank],
  // Types of numbers: np.int64(A > 0).
  [/\b(?:u?int(?:8|16|32|64)|float(?:16|32|64)|asarray|array)(?=\()/g, blank],
  // Below a letter stands an index: the names of functions have none.
  [
    /\b(ones|zeros|expand|true|repeat)_(like|dims|divide|interleave)(?=\()/g,
    (_, a, b) => `${a}${b} `,
  ],
  // ones(x.shape) is ones_like(x).
  [/\b(ones|zeros)\((\w+)\.shape\)/g, (all, name, of) => `${name}like(${of})`.padEnd(all.length)],
  // params['W1'] and cache["A1"] are W1 and A1.
  [
    /\b[A-Za-z_]+\[(['"])([A-Za-z_]\w*)\1\]/g,
    (all, _, key) => key!.padStart(all.length - 2).padEnd(all.length),
  ],
  // einsum('nd,nh->dh', x, dz): letters in a bracket, at the same length.
  [
    /(\beinsum\(\s*)(['"])([A-Za-z, ]*?)(?:->([A-Za-z ]*))?\2/g,
    (all, head, _, inputs, output) => {
      const letters = `${inputs},${output ?? implied(inputs!)}`.replaceAll(' ', '')
      return `${head}[${letters}]`.padEnd(all.length)
    },
  ],
  [/(\d)E(?=[+-]?\d)/g, (_, digit) => `${digit}e`],
  [/(\d)\.(?![\d\w.])/g, (_, digit) => `${digit} `],
  // A statement ends, or is a type.
  [/;\s*$/g, blank],
]

export const programText = (text: string): string =>
  plain.reduce(
    (read, [pattern, change]) => read.replace(pattern, change),
    text.replace(comment, blank),
  )

/** What the graph calls its arrays: in words, and in one letter. */
export interface Known {
  readonly words: readonly string[]
  /** And as y_pred. Undefined where nobody told. */
  readonly letters?: readonly string[]
}

/** x, but not dx or dbeta of it; c1, but not z2 or delta2, which may be z^2 and δ^2. */
const isOneWord = (name: string, { words, letters }: Known): boolean => {
  if (greek.has(name.replace(/\d+$/, ''))) return false
  if (name.length < 2 || words.includes(name)) return false
  const isNew = (letter: string) => letters !== undefined && !letters.includes(letter)
  if (/^\p{L}\d*$/u.test(name)) return isNew(name[0]!) && name[0] !== 'd'
  const of = name.startsWith('d') ? name.slice(1) : ''
  if (words.includes(of) || letters?.includes(of) || greek.has(of)) return false
  if (/^\p{L}\d*$/u.test(of))
    return letters !== undefined && !isOfLetter(of, [...letters, ...words])
  return !name.includes('_') || isOwnPhrase(name)
}

/** z of a graph with z, Z or z1. */
const isOfLetter = (name: string, known: readonly string[]): boolean =>
  known.some(
    (each) => /^\p{L}\d*$/u.test(each) && each[0]!.toLowerCase() === name[0]!.toLowerCase(),
  )

/** batch_size, tanh_c and dh_next; x_hat, dL_dz, W_1 have a meaning of their own. */
const isOwnPhrase = (name: string): boolean => {
  const [first, ...others] = name.split('_')
  const isGradient = /^(?:grad|delta|d|d[LJCE]|dloss|dcost)$/.test(first!)
  const isWord = others.every((each) => each.length > 2) || first!.replace(/^d/, '').length > 2
  return !isGradient && isWord && !/_(?:hat|norm|normali[sz]ed|bar|tilde|true|pred)$/.test(name)
}

/** The names that lines give to something: mask of mask = (z > 0). */
export const assignedIn = (text: string, known: Known): string[] =>
  [...text.matchAll(/(?:^|[;\n])\s*([A-Za-z]\w*)\s*=(?!=)/g)]
    .map(([, name]) => name!)
    .filter((name) => isOneWord(name, known))

const numpy = /\b(?:np|numpy|jnp|cp|tf)\.|\b(?:axis|keepdims)\s*=/
const torch = /\b(?:torch|nn|F)\.|\b(?:dim|keepdim)\s*=/
const spread = /\.(?:var|std)\(/g
const divides = /\b(?:unbiased\s*=\s*False|correction\s*=\s*0|ddof\s*=\s*0)\b/g

/** What NumPy and PyTorch mean differently, or what makes whole numbers: asked for, not guessed. */
const unsaid: readonly (readonly [RegExp, (all: string) => boolean, why: string])[] = [
  [
    /(?:\btorch|[\w)\]])\.(?:var|std)\(/,
    (text) => {
      if (numpy.test(text) && !torch.test(text)) return true
      return (text.match(spread) ?? []).length <= (text.match(divides) ?? []).length
    },
    'NumPy divides by n and PyTorch by n - 1: say np.var, unbiased=False or ddof=0',
  ],
  [
    /\.(?:transpose|permute|swapaxes)\((?!\s*\)|\s*\(?\s*(?:1\s*,\s*0|-1\s*,\s*-2)\s*\)?\s*\))/,
    () => false,
    'NumPy and PyTorch turn these axes differently: write .T, or a claim about entries',
  ],
  [
    /\b(?:max|min)\(.*\)\s*\[/,
    (text) => numpy.test(text) && !torch.test(text),
    'In PyTorch [0] has the values, in NumPy it is the first entry: write it with np',
  ],
  [
    /[^\s:;][^\n;:]*\bfor\s+\w+\s+in\b/,
    () => false,
    'A loop inside of a line is not read: write np.einsum, @, or the loop in front of it',
  ],
  // Of masks they change nothing.
  [
    /(?<!\([^()]*[<>=]=?[^()]*\))\.(?:astype|to|type)\(\s*(?:\w+\.)?u?int|\bu?int\d*\((?![^()]*[<>=]=?[^()]*\))/,
    () => false,
    'What makes whole numbers of an array is not read',
  ],
]

/** @throws ClaimError where a line of a program means different things in different libraries */
export function requireSaid(text: string): void {
  for (const [pattern, holds, why] of unsaid) {
    const found = pattern.exec(text)
    if (!found || holds(text)) continue
    throw new ClaimError(why, { start: found.index, end: found.index + found[0].length })
  }
}

// Spellings: every letter, word and sign of the claim language, in ASCII, Unicode and LaTeX. Tables
// only.
import type { ofPrograms } from './program-words.ts'

const greekNames =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Phi Psi Omega'.split(
    ' ',
  )
const greekLetters = [...'αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΦΨΩ']

/** delta → δ. */
export const greek: ReadonlyMap<string, string> = new Map(
  greekNames.map((name, position) => [name, greekLetters[position]!]),
)

const itself = <Name extends string>(name: Name) => [name, name] as const

/** Spellings of words that are functions, and what they are called here. */
const functions = [
  ...(['exp', 'log', 'tanh', 'sin', 'cos', 'erf', 'sqrt', 'abs', 'sign'] as const).map(itself),
  ...(['floor', 'ceil', 'max', 'min', 'med', 'lomed', 'himed'] as const).map(itself),
  ['ln', 'log'],
  ['sgn', 'sign'],
  ['median', 'med'],
  ...(['relu', 'ReLU', 'ReLu'] as const).map((name) => [name, 'relu'] as const),
  ...(['sigmoid', 'Sigmoid'] as const).map((name) => [name, 'sigmoid'] as const),
  ['Softmax', 'softmax'],
  ...(['silu', 'SiLU', 'swish', 'Swish'] as const).map((name) => [name, 'silu'] as const),
  ...(['gelu', 'GELU', 'GeLU'] as const).map((name) => [name, 'gelu'] as const),
  ...(['sinh', 'cosh', 'sech'] as const).map(itself),
  ...(['softplus', 'softmax', 'rot180', 'flip', 'up', 'pad', 'sum', 'diag'] as const).map(itself),
  ['upsample', 'up'],
  ...(['rowsum', 'rowSum', 'colsum', 'colSum'] as const).map((name) => [name, 'sum'] as const),
  ['mean', 'mean'],
  ...(['Var', 'var'] as const).map((name) => [name, 'variance'] as const),
  ...(['onehot', 'oneHot', 'OneHot'] as const).map((name) => [name, 'onehot'] as const),
  ...(['vec', 'flatten'] as const).map((name) => [name, 'vec'] as const),
  ...(['transpose', 'tril', 'triu', 'ones', 'trace'] as const).map(itself),
  ['tr', 'trace'],
] as const

/**
 * Functions that have a word of their own. A letter that is applied (σ, f, a′) is an Application.
 * `pi` is π times its operand, which is 1 wherever a claim writes π.
 */
export type Word = (typeof functions)[number][1] | (typeof ofPrograms)[number][1] | 'pi'

/** Words that are functions. */
export const functionWords: ReadonlyMap<string, Word> = new Map<string, Word>(functions)

/** Those that take primes: tanh'(z). */
export const elementwiseWords: ReadonlySet<string> = new Set<Word>([
  ...(['exp', 'log', 'tanh', 'sqrt', 'abs', 'relu', 'sigmoid', 'softplus'] as const),
  ...(['sin', 'cos', 'erf', 'silu', 'gelu', 'sinh', 'cosh'] as const),
])

/** Letters of activations that are arrays of few networks. */
export const functionLetter = /^[fgφϕψσ]$/

/** Words of the grammar itself; the value is how tokens have them. */
export const keywords: ReadonlyMap<string, string> = new Map([
  ['argmax', 'argmax'],
  ['argmin', 'argmin'],
  ['argmed', 'argmed'],
  ['arglomed', 'arglomed'],
  ['arghimed', 'arghimed'],
  ['first', 'first'],
  ['where', 'where'],
  ['with', 'where'],
  ['其中', 'where'],
  ['if', 'if'],
  ['when', 'if'],
  ['whenever', 'if'],
  ['for', 'for'],
  ['For', 'for'],
  ['otherwise', 'otherwise'],
  ['else', 'otherwise'],
  ['therefore', '∴'],
  ['thus', '∴'],
  ['hence', '∴'],
  ['所以', '∴'],
  ['因此', '∴'],
])

/** Words that are signs. */
export const signWords: ReadonlyMap<string, string> = new Map([
  ['partial', '∂'],
  ['prod', '∏'],
  ['odot', '⊙'],
  ['otimes', '*'],
  ['cdot', '·'],
  ['times', '·'],
  ['conv', 'conv'],
  ['and', ','],
])

/** The vector of ones, and before a condition its indicator. It is a name like I. */
export const onesLetter = '𝟙'

/** The expectation and the variance of a batch, in letters of two strokes. */
export const ofBatches: ReadonlyMap<string, 'mean' | 'Var'> = new Map([
  ['E', 'mean'],
  ['V', 'Var'],
])

/** The cost, whatever the graph calls it. */
export const anyCost = 'ℒ'

/** The end of a sum that has none. */
export const endless = '∞'

/** Signs of one character. Four spellings of the star are one star. */
export const signs: ReadonlyMap<string, string> = new Map([
  ['≔', ':='],
  ['←', ':='],
  ['⟵', ':='],
  ['≜', ':='],
  ...[
    ...'+-/=<>≤≥≠∈,;:.|∂Σ∏·*!∴&∀∇‖@',
    ...[
      '∑Σ',
      '×·',
      '⋅·',
      '∙·',
      '•⊙',
      '⨀⊙',
      '●⊙',
      '∗*',
      '⊗*',
      '⋆*',
      '★*',
      '⊙⊙',
      '∘⊙',
      '○⊙',
      '⇒∴',
      '⟹∴',
    ],
    ...['≡=', '⩽≤', '⩾≥', '√√', '½½', '¼¼', '¾¾', '…', '⋯…'],
  ].map((pair): [string, string] => [pair[0]!, pair.length > 1 ? pair[1]! : pair[0]!]),
])

/** Signs of several characters, longest first; the characters must touch. */
export const compoundSigns: readonly (readonly [string, string])[] = [
  ['...', '…'],
  ['..', '…'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['!=', '≠'],
  [':=', ':='],
  ['==', '='],
  ['=>', '∴'],
  ['.*', '⊙'],
  ['./', '/'],
]

export const vulgarFractions: ReadonlyMap<string, readonly [bigint, bigint]> = new Map([
  ['½', [1n, 2n]],
  ['¼', [1n, 4n]],
  ['¾', [3n, 4n]],
])

export const opening: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['⌊', '⌋'],
  ['⌈', '⌉'],
  ['⟨', '⟩'],
])
export const closing: ReadonlySet<string> = new Set(opening.values())

/** LaTeX commands that are one character of the text language. */
export const commands: ReadonlyMap<string, string> = new Map([
  ...greekNames.map((name, position) => [`\\${name}`, greekLetters[position]!] as const),
  ['\\varepsilon', 'ε'],
  ['\\varphi', 'φ'],
  ['\\vartheta', 'θ'],
  ['\\Sigma', 'Σ'],
  ['\\sum', 'Σ'],
  ['\\prod', '∏'],
  ['\\partial', '∂'],
  ...['\\odot', '\\circ', '\\bigodot', '\\bullet', '\\bigcirc', '\\boxdot'].map(
    (name) => [name, '⊙'] as const,
  ),
  ['\\bigotimes', '*'],
  ['\\circledast', '*'],
  ['\\leftarrow', '≔'],
  ['\\gets', '≔'],
  ['\\longleftarrow', '≔'],
  ['\\otimes', '*'],
  ['\\ast', '*'],
  ['\\star', '*'],
  ['\\cdot', '·'],
  ['\\times', '·'],
  ['\\le', '≤'],
  ['\\leq', '≤'],
  ['\\leqslant', '≤'],
  ['\\ge', '≥'],
  ['\\geq', '≥'],
  ['\\geqslant', '≥'],
  ['\\lt', '<'],
  ['\\gt', '>'],
  ['\\in', '∈'],
  ['\\equiv', '='],
  ['\\triangleq', '≔'],
  ['\\coloneqq', '≔'],
  ['\\mid', '|'],
  ['\\vert', '|'],
  ['\\lvert', '|'],
  ['\\rvert', '|'],
  ['\\lfloor', '⌊'],
  ['\\rfloor', '⌋'],
  ['\\lceil', '⌈'],
  ['\\rceil', '⌉'],
  ['\\langle', '⟨'],
  ['\\rangle', '⟩'],
  ['\\lbrack', '['],
  ['\\rbrack', ']'],
  ['\\lbrace', '{'],
  ['\\rbrace', '}'],
  ['\\{', '{'],
  ['\\}', '}'],
  ['\\forall', '∀'],
  ['\\infty', endless],
  ['\\nabla', '∇'],
  ['\\|', '‖'],
  ['\\Vert', '‖'],
  ['\\lVert', '‖'],
  ['\\rVert', '‖'],
  ['\\cap', ','],
  ['\\land', ','],
  ['\\wedge', ','],
  ['\\therefore', '∴'],
  ['\\Rightarrow', '∴'],
  ['\\Longrightarrow', '∴'],
  ['\\implies', '∴'],
  ['\\ldots', '…'],
  ['\\cdots', '…'],
  ['\\@cdots', '…'],
  ['\\dots', '…'],
  ['\\prime', "'"],
  ['\\top', 'T'],
  ['\\intercal', 'T'],
  ['\\ell', 'l'],
])

/** How far a star reaches, in the words of both traditions. */
export const modes: ReadonlyMap<string, 'valid' | 'full' | 'same'> = new Map([
  ['valid', 'valid'],
  ['narrow', 'valid'],
  ['full', 'full'],
  ['wide', 'full'],
  ['same', 'same'],
  ['equal', 'same'],
])

export const productLimits =
  '∏ is read from a number or step to another, ∏_{j=2}^{4}, ∏_{j=k+1}^{t}: of others write the factors'

// Of Temml a page has what notes on derivatives are written in. What is left out is refused as an
// unknown command is, and stands in its author's own letters.
import {
  PARSER_NAMES,
  properties,
  renamed,
  replaced,
  without,
  withoutAccented,
} from './statements.ts'
import { inTables, isForeign } from './symbols.ts'

/** Kinds of nodes that no formula of notes is made of. */
const KINDS = [
  // Chemistry, diagrams, matrices with labels, arrows with words.
  ...[
    'cancelto',
    'cdlabel',
    'cdlabelparent',
    'multiscript',
    'bordermatrix',
    'stackedArrow',
    'xArrow',
  ],
  // What is refused where a formula is not trusted, and links within a page.
  ...['includegraphics', 'html', 'ref'],
  // Colours and shapes: how the page looks is the page's.
  ...['color', 'sizing', 'reflect', 'vcenter', 'verb', 'smash', 'sfrac', 'pmb', 'lap', 'hbox'],
]
const NAMES = [
  'CD',
  'bordermatrix',
  'colorbox',
  'fcolorbox',
  'sout',
  'textcircled',
  'newcommand',
  'let',
  'global',
  'futurelet',
]
/** Macros of physics, of chemistry and of logic, and the names of signs in HTML. */
const MACROS = [
  /qq(?:text)?|qcomma|qcc?|q(?:if|or|as|in|let|for|all|and|odd|then|given|using)|qty|quantity|[pvbB]qty/,
  /evaluated|eval|order|(?:anti)?commutator|a?comm|poissonbracket|pb|vector\w+|v[bua]|[cd]p/,
  /dotproduct|vdot|crossproduct|cross|divergence|curl|laplacian|erf|Res|principalvalue|pv|PV/,
  /differential|dd|\w*derivative|var(?:iation)?|fdv|innerproduct|outerproduct|dyad|ketbra|op/,
  /expectationvalue|expval|ev|matrixel\w*|mel|[bB]ra(?:ket)?|[kK]et|odv\S*|angln/,
  /ce|pu|(?:uni|tri)Dash|tripleDash\w*|standardstate|invamp|parr|upand|with|multimap\w+|s?(?:in)?coh/,
  /[udhlr]?[Aa]rr|[UDHLR]arr|(?:lr|Lr)[aA]rr|[dhlru]Arr|alef\w*|bull|clubs|cnums|Complex|diamonds/,
  /hearts|image|infin|isin|natnums|plusmn|reals?|Reals|sdot|sect|spades|sub|sube|supe|thetasym/,
  /up[a-z]+|(?:Eq|Col|eqq?col|colon)\w*(?:colon|approx|sim|equals|minus)|(?:equals|minus|coloncolon)\w*/,
  /bra|limsup|liminf|varlim\w+|centerdot|idotsint|AA|aa|lq|rq|Bbbk|underbar/,
  /TeX|LaTeX|KaTeX|Temml|plim|injlim|projlim|var(?:inj|proj)lim|notni|leftmodels/,
].map(({ source }) => source)
const MACRO = new RegExp(`^defineMacro\\("\\\\\\\\(?:${MACROS.join('|')})"`)

const UNUSED = new RegExp(
  [
    /\b(?:mhchemParser|chemParse)\b|quirks mode/.source,
    `^define\\w+\\(\\{\\s*type: "(?:${KINDS.join('|')})"`,
    // Fractions of one's own kind.
    /names: \["\\+(?:genfrac|above|abovefrac)"/.source,
    `names: \\[\\s*"\\W*(?:${NAMES.join('|')})"`,
  ].join('|'),
  'm',
)

const COLOURS = /^const xcolors = JSON\.parse\(`[\s\S]*?`\);$/m
const ALL = /^var temml\$1 = \{[\s\S]*?^\};$/m

/** @throws Error where Temml is not of the form that is known */
export function setterOf(temml: string, asked = 'render'): string {
  const whole = replaced(
    'Temml',
    replaced('Temml', withoutAccented('Temml', temml), COLOURS, ''),
    ALL,
    `var temml$1 = { ${asked} };`,
  )
  const isUnused = (each: string): boolean =>
    UNUSED.test(each) || MACRO.test(each) || isForeign(each)
  const text = renamed(
    'Temml',
    [...PARSER_NAMES, 'mathmlBuilder', 'prevAtomType', 'nextToken'],
    inTables(without(isUnused, whole)),
  )
  // A page makes elements, and no markup.
  return asked === 'render'
    ? properties(/^(?:toMarkup|parse(?:Url|Color)Group)$/, text, (name) => `${name}() {}`)
    : text
}

// Of KaTeX only the parser runs in a page: the sizes of letters and the shapes of roots are left
// out, but for the two letters that it looks up when it is loaded; so is what would set a formula,
// what is told on a command line, and what no claim may say.
import {
  PARSER_NAMES,
  properties,
  renamed,
  replaced,
  without,
  withoutAccented,
  withoutScripts,
} from './statements.ts'
import { inTables, isForeign } from './symbols.ts'

const SETTINGS = `class Settings {
  constructor(given) {
    Object.assign(this, { throwOnError: true, leqno: false, macros: {}, maxExpand: 1000 }, given);
  }
}`

const PARTS = [
  [
    /^var fontMetricsData = \{[\s\S]*?^\};$/m,
    'var fontMetricsData = {"Main-Regular": {65: [0, 0.68333], 84: [0, 0.67]}};',
  ],
  [/^var path = \{[\s\S]*?^\};$/m, 'var path = {};'],
  // Of all that the package gives one function is asked for.
  [/^var katex = \{[\s\S]*?^\};$/m, 'var katex = { __parse: generateParseTree };'],
  [/^var buildTree = [\s\S]*?^\};$/m, 'var buildTree = () => {};'],
  // Options are those of one reader, who gives them all; what is only to be warned of is ignored.
  [/^class Settings \{[\s\S]*?^\}$/m, SETTINGS],
  [/^var SETTINGS_SCHEMA = \{[\s\S]*?^\};$/m, 'var SETTINGS_SCHEMA = {};'],
  [/\bhandleStrict\(\{[\s\S]*?\n +\}\)/g, 'false'],
  [/^var styles = \[new Style.*$/m, 'var styles = [];'],
  // Fields that are set at once.
  [/^ +this\.\w+ = void 0;\n/gm, ''],
  // In which order brackets of several sizes are tried.
  ...['Never', 'Always', 'Large'].map(
    (which) =>
      [new RegExp(`^var stack${which}DelimiterSequence = \\[[\\s\\S]*?\\}\\];$`, 'm'), ''] as const,
  ),
] as const

/**
 * Pictures, addresses and attributes of HTML are refused before KaTeX reads a claim, and so are
 * definitions (it makes some itself, of tags); what only sets formulas as HTML is nobody's.
 */
const UNUSED = new RegExp(
  [
    /type: "(?:includegraphics|html|href|cdlabel|cdlabelparent|verb)"/,
    /names: \["CD"\]|^\s*Options\.BASESIZE = |quirks mode/,
    /names: \[\s*"\\\\(?:let|newcommand|futurelet|global)"/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'm',
)

/** Boxes that are raised and cut, fractions and signs of one's own kind: no claim is read of them. */
const BOXES = new RegExp(
  [
    /^defineFunction\(\{\s*type: "(?:raisebox|vcenter|smash|hbox|reflectbox)"/,
    /^defineFunction\(\{\s*type: "enclose",\s*names: \["\\\\(?:fcolorbox|angl)"/,
    /^defineFunction\(\{\s*type: "(?:genfrac|infix)",\s*names: \["(?:\\\\genfrac|\\\\\\\\abovefrac|\\\\above)"/,
    /^var latexRaiseA/,
    /^defineMacro\("(?:⦵|↤|\\u(?:2A74|225[8ABE]|203C|220C|231[CDEF]|298[34]|29B5|2239|00A9|00AE))"/,
  ]
    .map(({ source }) => source)
    .join('|'),
)

/** Other names of relations, names of signs in HTML, brackets of physics: no claim is read of them. */
const MACROS = [
  /(?:gvert|lvert|n[gl]|nsub|nsup|varsu)\w*(?:eqq|eqslant|neq)|nshort\w+/,
  /(?:simcolon|approxcolon|equalscolon|minuscolon|coloncolon)\w*|colon(?:approx|sim|equals|minus)/,
  /[duh][aA]rr|[DUHL]arr|lArr|rarr|(?:lr|Lr)[aA]rr|lang|rang|alef\w*|clubs|diamonds|empty|exist|hearts/,
  /image|plusmn|real|sect|spades|sube?|supe|weierp|plim|injlim|projlim|varlim\w+/,
  /ket|braket|Bra|Ket|Braket|angln|hphantom|aa|AA|varUpsilon|d{3,4}ot|[bel]group|newline|hspace/,
  /colon|limsup|liminf|[rlc]lap|lq|(?:re|pro)?(?:new|vide)command/,
  // Colours of one school's exercises, names of an answer's kind, corners.
  /(?:blue|teal|green|gold|red|maroon|purple|mint|gray)[A-I]|ka(?:Blue|Green)|[ul][lr]corner/,
  /bull|cnums|Complex|Dagger|infin|isin|larr|natnums|[rR][aA]rr|sdot|thetasym|minuso|notni/,
  /bra|[sS]et|[lr]Brace|ratio|Eq+colon|eqcolon|Colon\w+|copyright|text(?:copyr|reg)/,
  /(?:err)?message|show|(?:La|Ka)?TeX|bra@[ks]et|mapsfrom/,
].map(({ source }) => source)
const MACRO = new RegExp(`^defineMacro\\("\\\\\\\\(?:${MACROS.join('|')})"`)

/** As a page has it: of signs, those that it can show. */
export const pageParserOf = (katex: string): string =>
  parserOf(katex, (each) => isForeign(each) || MACRO.test(each) || BOXES.test(each))

/** @throws Error where KaTeX is not of the form that is known */
export function parserOf(
  katex: string,
  isLeftOut: (statement: string) => boolean = () => false,
): string {
  const text = PARTS.reduce(
    (all, [part, instead]) => replaced('KaTeX', all, part, instead),
    withoutScripts('KaTeX', withoutAccented('KaTeX', katex)),
  )
  const left = properties(
    /^(?:html|mathml)Builder$|^parseUrlGroup$|^cli(?:Description|Default|Processor)?$|^description$/,
    inTables(without((each) => UNUSED.test(each) || isLeftOut(each), text)),
    (name) => (/Group$/.test(name) ? `${name}() {}` : ''),
  )
  return renamed('KaTeX', ['consumeArg', ...PARSER_NAMES], left)
}

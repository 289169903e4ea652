// How formulas stand in every page.

/** Rules for `<math>`; where a page has the font they are set in it. */
export const MATH_STYLE = [
  'math{font:1.1em "Backprove Math","STIX Two Math","Cambria Math",math;line-height:normal;',
  'text-indent:0;letter-spacing:normal;word-wrap:normal;direction:ltr;',
  'font-feature-settings:"dtls" off}',
  'math *{border-color:currentColor}',
  'math[display]{display:block math;width:100%}',
  'mfrac>:nth-child(2),msqrt,mover>:first-child{math-shift:compact}',
  // A script stands a little off the slanted letter before it, and farther off one that leans.
  'msup>:nth-child(2),msubsup>:nth-child(3){padding-left:.05em}',
  'msup>.lean,msubsup>.lean{padding-left:.14em}',
  'mtd.left{text-align:left}mtd.right{text-align:right}',
  'mtable.array mtd{padding:.15em 0}mtable.array mtd+mtd{padding-left:1em}',
  'mtable.ruled mtd{padding:.15em .5em}mtable.lines mtd+mtd{padding-left:.5em}',
  'mtable.cases mtd{padding:.15em 0}mtable.cases mtd+mtd{padding-left:1em}',
  'mtable.aligned mtd{padding:.3em 0}mtable.lines mtd{padding:0}',
  'mtable.aligned mtd.left+.right{padding-left:2em}',
  'mrow.over{border-top:.05em solid;padding-top:.15em}',
  'mrow.under{border-bottom:.05em solid;padding-bottom:.15em}',
  'mrow.fbox{border:.05em solid;padding:.25em}',
  'mrow.cancel,mrow.bcancel,mrow.xcancel,mrow.sout{--line:transparent calc(50% - .03em),currentColor 0 ',
  'calc(50% + .03em),transparent 0;background:linear-gradient(to top left,var(--line))}',
  'mtd.line-before{border-left:.05em solid}mtd.line-after{border-right:.05em solid}',
  'mtd.line-above{border-top:.05em solid}mtd.line-below{border-bottom:.05em solid}',
  'mspace.back{margin-left:-.1667em}',
].join('')

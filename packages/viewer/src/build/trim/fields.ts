// Fields of our own trees have short names in the notes page: they are no words of a browser, and
// no text that the page is given has them. The elements are given trees: there they stay.

const FIELDS = [
  ...['operands', 'factors', 'coefficient', 'coefficients', 'terms', 'relations'],
  ...['primes', 'accesses', 'tokens', 'traits', 'conditions', 'elementwise', 'recorded'],
  ...['constraints', 'parenthesised', 'mantissa', 'shapeOf', 'fromRational', 'applicationOf'],
  ...['namesOf', 'multiplier', 'appliedOf', 'recordedOnly', 'ambiguities', 'variables'],
  ...['tightness', 'assumptions', 'spelling', 'residue', 'doubts', 'activates', 'asPower'],
  ...['setApart', 'strongZero', 'contested', 'movesOnly', 'theorems', 'subscripts', 'excluded'],
  ...['isWorthwhile', 'unknowns', 'excludes', 'atZero', 'isNegative', 'isMadeOf'],
  ...['choices', 'costName', 'scalars', 'isKnown', 'greatest', 'activated'],
  ...['definitions', 'pieces', 'windows', 'binds', 'slopes', 'continues', 'standing', 'domain'],
  ...['ranges', 'lower', 'along', 'slots', 'ifMisfit', 'isDeclared', 'ofRows', 'matrices'],
  ...['symbols', 'patterns', 'arity', 'isRow', 'saturated'],
  ...['symbolic', 'entryAt', 'instances', 'isDivided', 'functionOf', 'substitutions'],
  ...['parentheses', 'compares', 'contestOf', 'hasSigmoid', 'isRepeated', 'hasRowVectors'],
  ...['hasValue', 'poolings', 'origins', 'isWhole', 'errorBound', 'isTransposed', 'predicts'],
  ...['maskKey', 'reread', 'entriesOf', 'truthOnly', 'isOfShapes', 'equates', 'recordingFor'],
  ...['isSecond', 'fromZero', 'isPart', 'isDerivative', 'hasErrors', 'sizesOnly', 'comparisons'],
  ...['windowsVary', 'ordinal', 'mustFit', 'insideBars', 'distinct', 'simplified', 'hasPoles'],
  ...['monotone', 'stepwise', 'multiplies', 'surrogate', 'scope', 'exponent', 'argument'],
  ...['position', 'functions', 'places', 'variadic', 'interpreter', 'upper', 'macros', 'params'],
  ...['operator', 'operation', 'digits', 'isBelow', 'expands', 'verifySizes'],
  ...['settings', 'slides', 'leaves', 'closes', 'parents', 'above', 'below'],
  ...[
    'expression',
    'parameters',
    'largest',
    'blocks',
    'inverse',
    'apart',
    'within',
    'brackets',
    'stops',
    'tried',
    'field',
  ],
  ...['current', 'future', 'record', 'share', 'consume', 'points', 'items', 'words', 'limits'],
  ...['isFixed', 'guessed', 'isClaim', 'commutative', 'accumulator', 'drawnValues'],
  ...['forwardName', 'restated', 'isShared', 'isNumber', 'withLayersJudged', 'isForAll'],
  ...['indegree', 'adjointsOf', 'ownIndices', 'hypotheses', 'hasLayersBelow', 'newAxis'],
  ...['crosses', 'leftOut', 'namesConstants', 'isApart', 'isEntry', 'inIndices', 'asWritten'],
  ...['isDerived', 'isBesideClaim', 'isSum', 'isSpoken', 'isShifty', 'standardises', 'anyOrder'],
  ...['ordinals', 'pooled', 'standardised', 'isZero', 'withArgument', 'isWrittenOut'],
  ...['paddings', 'isEntrywise', 'isOfEntries', 'thresholdOf', 'congruences', 'hasJacobian'],
  ...['inProse', 'isPlace', 'isOfAll', 'bodyEnd', 'bodyStart', 'signedTerm', 'hasColumns'],
  ...['excludedBy', 'isRecorded', 'isMet', 'isAnswered', 'isOfOutput', 'withLimits'],
  ...['isOfUnits', 'isReached', 'hasStride', 'enteredBy', 'isVacuous', 'areTagged', 'withKnown'],
  ...['isPolicy', 'areInner', 'isGuard', 'layered', 'areMade', 'isOfOne', 'isStep', 'costBy'],
  ...['isBent', 'accepts', 'lacks', 'hLinesBeforeRow', 'hasBarLine', 'endOfExpression'],
  ...['parseGroup', 'countExpansion', 'parseArguments', 'leftDelim', 'rightDelim', 'rightColor'],
  ...['autoTag', 'resetFont', 'filterEdges', 'dummyChains', '_sucs', '_edgeCount'],
  ...['customOrder', 'nodeEdges', 'expandTokens', 'unexpandable', 'scanArgument'],
  ...['_getExpansion', 'parseGroupOfType', 'maxRank', 'isNothingHere'],
  ...['subparse', 'noexpand', 'agreeing', 'slotOf', 'isTuple', 'isDifferential', 'isInside'],
  ...['isParameter', 'isWide'],
  ...['isWritten', 'isPacked', 'isDirected', 'isLost', 'isAsLarge', 'isOdd', 'isPlain'],
  ...['isAdded', 'isAmiss', 'isOver', 'isExpandable', 'isOwn', 'isFunction', 'isDefined'],
  ...['isOfNames', 'isMethod', 'isMultigraph', 'isBlank', 'isFalseFor', 'parseColorGroup'],
  ...['parseRegexGroup', 'parseUrlGroup', 'parseSymbol', 'parseAtom'],
  ...['optArgs', 'stateOf', 'adjointOf', 'impliedBy', 'refutedLines', 'withReading', 'fieldOf'],
  ...['rawMessage', 'errorColor', 'formatUnsupportedCmd', 'seesRelation', 'callFunction'],
  ...['hasBlocks', 'disableOptimalOrderHeuristic', 'hasNode', 'nameOf', 'usedBy'],
  ...['suppressBaseShift', 'expandMacroAsText', 'formatExpression', 'tiesOpen'],
  ...['colorIsTextColor', 'ofVector', 'numeralQuotient', 'expandNextToken'],
  ...['plainOf', 'registerName', 'startsFactor', 'layerCalled', 'formatLine', 'splitTerms'],
  ...['lineLatex', 'wholeList', 'nameGroup', 'ofAdjoint', 'mostTerms', 'numbersOf'],
  ...['expressionLatex', 'termEnds', 'anyAtom', 'rowGaps', 'barSize', 'labelRank', 'newLine'],
  ...['itemOf', 'singleRow', 'endGroups', 'alone', 'definition', 'demand', 'bracketed', 'found'],
  ...['bounds', 'always', 'counted', 'avoided', 'magnitudes', 'delimiters', 'undilate', 'heads'],
  ...['refutation', 'candidate', 'unturn', 'vanishes', 'outcomes', 'dividend', 'dividing'],
  ...['repadded', 'declares', 'rawNodes', 'pivot', 'worst', 'nesting', 'shallow', 'besides'],
  ...['divides', 'reasons', 'pulled', 'rooted', 'lawful', 'stated', 'passes', 'nested'],
  ...['unsure', 'adjointLine', 'classWeight', 'specialise', 'facts', 'spent', 'continued'],
  ...['conflicts', 'expandMacro', '_label', 'mathsterling', 'ours', 'equate', 'begins'],
  ...['inlined'],
  // Of the packages that read LaTeX and lay graphs out.
  ...['gullet', 'alwaysHandleSupSub', 'parentIsSupSub', 'popToken', 'nextToken', 'envName'],
  ...['colSeparationType', 'hskipBeforeAndAfter', 'treatAsRelax', 'isCharacterBox', 'lexer'],
  ...['_isDirected', '_isCompound', '_isMultigraph', '_edgeLabels', '_edgeObjs', 'edgeObj'],
  ...['_nodes', '_children', '_defaultNodeLabelFn', 'setEdge', 'setNode', 'predecessors'],
] as const

/** As esbuild takes them. */
export const shortFields = new RegExp(`^(?:${FIELDS.join('|')})$`)

/** The script, where none of them is asked for by its text. @throws where one is */
export function withoutTheirTexts(script: string): string {
  // Grammars as data say `monomial*`.
  const quoted = new RegExp(`["'\`](?:${FIELDS.join('|')})[*?]?["'\`]`).exec(script)?.[0]
  if (quoted) throw new Error(`${quoted} is a text too: leave that field as it is`)
  return script
}

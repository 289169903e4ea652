// Why a formula that was read means nothing in this network: names, indices, lengths, entries.
export const meaning = {
  'unknown-name': 'The graph has no ‘<name>’',
  'unknown-name-near': 'The graph has no ‘<name>’; near it are <near>',
  'unknown-length': 'The graph has no ‘<name>’. A length is named at an array: x: input <letter>=6',
  'unknown-length-near':
    'The graph has no ‘<name>’; near it are <near>. A length is named at an array: x: input <letter>=6',
  'not-in-graph': 'The graph has no <name>',
  'no-such-array':
    'The graph has no array ‘<name>’. Of a derivative write what it is of, and by what: ∂y/∂x = …',
  'at-layer': 'At <layers>: <why>',
  'not-computed-from':
    'This graph does not compute <cost> from ‘<name>’, so it has no derivative by it',
  'a-differential':
    'A differential: ‘<name>’ is computed from what moves it here, and d is for gradients. Write it as a derivative: ∂y/∂x = …',
  'commas-missing':
    'Commas are missing: an axis of <array> has length <length>, more than one digit',
  'count-of-indices': '<array> takes <ranks> indices, here are <count>',
  'count-of-one-index': '<array> takes <ranks> index, here are <count>',
  'captured-index':
    'The index ‘<index>’ is captured: it says which entry is meant, and is summed over on the same side. Rename the index of the sum',
  'captured-in-definition':
    'The definition that is used here sums over an index ‘<index>’ of its own: rename it',
  'ends-at-itself': '‘<index>’ ends where it is itself: rename one of the two',
  'defined-twice-differently': '‘<name>’ is defined twice, as two things',
  'defined-in-vain': '‘<name>’ is defined, and nothing here speaks of it',
  'defined-by-entries': '‘<name>’ is defined by its entries, with <count> indices',
  'declares-only': '∈ declares what a name is, and claims nothing',
  'no-layer-meets': 'No layer of this network meets the condition',
  'too-many-layers': 'At most <most> layers are tried, here are <count>',
  'whole-powers-of-lengths': 'Only whole powers of lengths are whole numbers',
  'power-of-length-is-number': 'The power of a length is written as one whole number',
  'power-of-length-at-most': 'A power of a length is at most <most>',
  'ones-how-long': 'How long 𝟙 (or I) is here, nothing beside it says',
  'ones-beside': 'Beside this stands an axis of length <length>',
  'exponent-at-most': 'An exponent is at most <most>',
  'no-inverse-of-matrix': 'The inverse of a matrix is not read; entry by entry write 1/x_{ij}',
  'too-many-factors': 'At most <most> factors',
  'matrix-of-entries': 'A matrix of entries: <why>',
  'matrix-unknown-shape': 'the shape of what is beside it is not known',
  'matrix-not-plain': 'it stands where its entries are not plain',
  'matrix-lengths': 'the lengths of its product do not fit',
  'matrix-sides': 'its sides have the shapes <shapes>',
  'matrix-at-most': 'at most <most> entries',
  'of-an-array': '<word> is of an array, and this is one number',
  'sum-does-not-end': 'This sum does not end: <why>. Write its range',
  'nothing-says-end': 'nothing says where <index> ends',
  'indexes-axes': '<index> indexes axes of <lengths> entries',
  'runs-through-unsaid': 'What <index> runs through is not said of every side',
  'no-value': 'This has no value: <why>',
  'divides-by-zero': 'it divides by 0',
  'log-of-positive': 'a logarithm is of what is positive',
  'root-of-non-negative': 'a root is of what is not negative',
  'place-as-index':
    '‘<name>’ is a place that the network finds, counted from 0: an index needs a letter of its own',
  'never-whole-index': 'An index that is never a whole number: nothing is claimed',
  'outside-one': '<name> has one entry along this axis, and none at <index>: nothing is claimed',
  'outside-one-from-one':
    '<name> has one entry along this axis, counted from 1, and none at <index>: nothing is claimed',
  'of-one-value': '<name> is of one value, and here are <count>',
  outside: '<name> has <count> entries along this axis, and none at <index>: nothing is claimed',
  'outside-from-one':
    '<name> has <count> entries along this axis, counted from 1, and none at <index>: nothing is claimed',
  'condition-on-whole-arrays':
    'A condition on whole arrays says nothing of their entries: write the claim in indices',
  'condition-never-met': 'No point was found at which the condition holds: nothing is claimed',
  'condition-for-no-index': 'The condition holds for no index: nothing is claimed',
  'no-mod': '‘mod’ is not understood: n mod m is n - m⌊n/m⌋',
  contradiction: 'The assumptions contradict one another',
  'in-assumption': 'In the assumption ‘<text>’: <why>',
  'assumptions-not-met': 'No point was found that meets the assumptions: <why>',
  'network-ill-formed': 'The network of this formula is ill-formed: <why>',
} as const

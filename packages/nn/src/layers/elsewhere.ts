// What other libraries have as an option of a layer, and is done otherwise here: the hint of the
// error that such an option is.

const apart = 'an activation is a layer of its own, such as relu(), behind this one'
const drops = 'dropout is a layer of its own, dropout({ rate: 0.5 })'
const ways =
  'a sequence is read from its first place to its last; bidirectional: true reads both ways'
const stacked = 'write one layer behind another, all but the last with sequences: true'
const leading = 'the samples of a batch always come first'
const masked = 'no place of a sequence is left out; a symbol of its own can stand for nothing'

/** By names in both spellings. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  ...{ activation: apart, nonlinearity: apart },
  ...{ dropout: drops, dropout_p: drops, recurrentDropout: drops, recurrent_dropout: drops },
  ...{ goBackwards: ways, go_backwards: ways },
  ...{ num_layers: stacked, numLayers: stacked },
  ...{ batch_first: leading, batchFirst: leading },
  ...{ padding_idx: masked, paddingIdx: masked, paddingIndex: masked },
  ...{ mask_zero: masked, maskZero: masked, key_padding_mask: masked, keyPaddingMask: masked },
  ...{ return_state: 'its steps are nodes with names, h^{1,3} for one; sequences returns all' },
  ...{ returnState: 'its steps are nodes with names, h^{1,3} for one; sequences returns all' },
  ...{ embed_dim: 'it is read off the samples', embedDim: 'it is read off the samples' },
  ...{ input_size: 'it is read off the samples', inputSize: 'it is read off the samples' },
  ...{ in_features: 'it is read off the samples', inFeatures: 'it is read off the samples' },
  ...{ in_channels: 'it is read off the samples', inChannels: 'it is read off the samples' },
  ...{ num_channels: 'it is read off the samples', numChannels: 'it is read off the samples' },
  ...{ num_features: 'it is read off the samples', numFeatures: 'it is read off the samples' },
}

// What models of other libraries do themselves, and functions do here.
import type { Hints } from '@backprove/graph'

const HINTS: readonly (readonly [methods: string, hint: string])[] = [
  [
    'fit train compile trainOnBatch train_on_batch train_step',
    'fit(model, data, { optimizer, epochs }) trains it',
  ],
  [
    'predict forward call apply predictOnBatch predict_on_batch',
    'predict(model, images) gives its answers',
  ],
  ['evaluate accuracy loss', 'accuracy(model, data) and costOf(model, data) measure it'],
  [
    'save load state_dict load_state_dict',
    'save(model, path) writes it, await load(path) reads it',
  ],
  [
    'weights getWeights setWeights get_weights set_weights params',
    'model.values holds its numbers',
  ],
  ['backward grad zero_grad', 'grad(model.cost, model.parameters) derives the cost'],
  ['eval', 'dropout and batch normalisation know training from use by themselves'],
  ['add', 'network({ input, layers, cost }) takes all layers at once'],
  ['to cuda', 'it runs as WebAssembly, wherever JavaScript does'],
  [
    'named_parameters children modules named_modules getLayer get_layer',
    'model.layers lists its layers, model.parameters its arrays by name',
  ],
  ['dispose delete', 'nothing is disposed of by hand; what nobody holds is garbage-collected'],
]

export const MODEL_HINTS: Hints = Object.fromEntries(
  HINTS.flatMap(([methods, hint]) => methods.split(' ').map((method) => [method, hint])),
)

/** What models elsewhere have as properties. */
export const MODEL_PROPERTIES: Hints = {
  ...{ input: 'model.x is it', inputs: 'model.x is it' },
  ...{ output: 'model.y is it', outputs: 'model.y is it' },
  ...{ trainableWeights: 'model.parameters are the arrays', optimizer: 'it is given to fit' },
}

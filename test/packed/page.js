// A page of a user's own, against the packed tarballs: train, read data and a checkpoint over
// bytes, have a formula judged. What came of it is the page's title.

import {
  bookCnn,
  decodeCsv,
  decodePng,
  digits123,
  encodePng,
  imageOf,
  load,
  predict,
  save,
  sgd,
  train,
} from '@backprove/nn'
import { verify } from '@backprove/verify'

const data = digits123()
const model = bookCnn()
let cost = Infinity
const options = { optimizer: sgd({ rate: 0.2 }), epochs: 2, batchSize: 16 }
for await (const event of train(model, data, options)) cost = event.cost

const image = imageOf(data, 0)
const drawn = decodePng(encodePng(image))
const rows = decodeCsv(new TextEncoder().encode('0,1,0,1,1\n1,0,1,0,0\n'))
const again = load(save(model)).model
const same = predict(again, [image])[0].label === predict(model, [image])[0].label
const verdict = verify(model, "δ^O_n = (a^O_n - t_n) a'(z^O_n)").kind
const finite = Number.isFinite(cost)
document.title = [verdict, finite, drawn.shape.join('x'), rows.labels.length, same].join(' ')

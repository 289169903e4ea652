// Prints the data of the workloads for a peer written in Python: JSON, the numbers in base64.

import { bookCnn, layer, leNetSized } from '../../workloads.ts'

const text = JSON.stringify({ w1: bookCnn(), w2: leNetSized(), w3: layer() }, (_, value) =>
  value instanceof Float32Array ? Buffer.from(value.buffer).toString('base64') : value,
)
process.stdout.write(text)

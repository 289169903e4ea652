// [a = max] where the windows of several poolings could be meant: which is not said.
import { expect, it } from 'vitest'
import { buildNetwork } from '../notes/network/build-network.ts'
import { readNetwork } from '../tools.ts'
import { verify } from '../verify.ts'

const judge = (network: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return (claim: string) => verify(cost, claim, { sizes }).kind
}

const networks = {
  'two of one array': judge(`x_{ij}: input 6 6
a_{ij} = tanh(x)
p_{ij} = maxPool2d(a, size=2)
q_{ij} = maxPool2d(a, size=3)
C = sum(p * p) + sum(q * q)`),
  'two of two arrays': judge(`x_{ij}: input 6 6
a_{ij} = tanh(x)
b_{ij} = sigmoid(x)
p_{ij} = maxPool2d(a, size=2)
q_{ij} = maxPool2d(b, size=3)
C = sum(p * p) + sum(q * q)`),
  'two alike': judge(`x_{ij}: input 4 4
a_{ij} = tanh(x)
b_{ij} = sigmoid(x)
p_{ij} = maxPool2d(a, size=2)
q_{ij} = maxPool2d(b, size=2)
C = sum(p * p) + sum(q * q)`),
}

it.each<[keyof typeof networks, string, string]>([
  ['two of one array', 'ill-formed', '[a_{ij} = max] = [a_{ij} = p_{⌈i/2⌉,⌈j/2⌉}]'],
  ['two of one array', 'ill-formed', '[a_{ij} = max] = [a_{ij} = q_{⌈i/3⌉,⌈j/3⌉}]'],
  ['two of two arrays', 'proved', '∂C/∂a_{ij} = [a_{ij} = max] 2 p_{⌈i/2⌉,⌈j/2⌉}'],
  ['two of two arrays', 'proved', '∂C/∂b_{ij} = [b_{ij} = max] 2 q_{⌈i/3⌉,⌈j/3⌉}'],
  ['two of two arrays', 'refuted', '∂C/∂b_{ij} = [a_{ij} = max] 2 q_{⌈i/3⌉,⌈j/3⌉}'],
  ['two of two arrays', 'ill-formed', '∂C/∂a_{ij} = [x_{ij} = max] 2 p_{⌈i/2⌉,⌈j/2⌉}'],
  ['two of two arrays', 'ill-formed', '∂C/∂b_{ij} = [x_{ij} = max] 2 q_{⌈i/3⌉,⌈j/3⌉}'],
  ['two alike', 'proved', '∂C/∂a_{ij} = [x_{ij} = max] 2 p_{⌈i/2⌉,⌈j/2⌉}'],
])('of %s, %s: %s', (of, kind, claim) => {
  expect(networks[of](claim)).toBe(kind)
})

// A generator of random applications for every op: an op without one does not compile.
import type { ops } from '../ops/index.ts'
import type { Instances } from './instance.ts'
import { elementwiseInstances } from './instances-elementwise.ts'
import { placeInstances } from './instances-places.ts'
import { shapeInstances } from './instances-shapes.ts'
import { windowInstances } from './instances-windows.ts'

type Leaf = 'input' | 'parameter' | 'constant'
export type OpName = Exclude<keyof typeof ops, Leaf>

export const instances: { readonly [K in OpName]: Instances } = {
  ...elementwiseInstances,
  ...placeInstances,
  ...shapeInstances,
  ...windowInstances,
}

export const opNames = Object.keys(instances) as OpName[]

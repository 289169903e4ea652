// The project's own WebAssembly as a page's engine.
import type { Node } from '@backprove/graph'
import { compile } from '@backprove/kernels'
import type { Runner } from './live.ts'

export const byProgram = (outputs: Readonly<Record<string, Node>>): Runner =>
  compile(outputs, { views: true })

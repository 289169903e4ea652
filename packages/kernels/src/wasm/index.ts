// The WebAssembly kernels: generators that write code for given shapes and addresses, and the
// program that runs them in sequence.
export * from './conv/conv2d.ts'
export * from './costs/softmax.ts'
export { copy, type Elementwise, elementwise, fill } from './elementwise/elementwise.ts'
export {
  type Arithmetic,
  apply,
  type Comparison,
  constant,
  type Formula,
  input,
  power,
  select,
} from './elementwise/formula.ts'
export { contiguous, type Operand } from './elementwise/loops.ts'
export { type Reduction, reduce } from './elementwise/reduce.ts'
export { engine, type WasmInstance, type WasmMemory, type WasmModule } from './engine.ts'
export { hasRelaxedVectors, hasVectors } from './features.ts'
export { alignUp, type Kernel, type Phase, readBeyond } from './kernel.ts'
export { type Lanes, lanesOf } from './lanes.ts'
export * from './linear/dense.ts'
export { type Matrix, type MatrixProduct, matmul, matmulScratch } from './linear/matmul.ts'
export * from './pool/average.ts'
export {
  maximum,
  median,
  type Selector,
  selectPool,
  selectPoolGather,
  selectPoolInput,
  selectPoolScratch,
} from './pool/select.ts'
export type { PoolShape } from './pool/window.ts'
export { encodeProgram, type ProgramSpecification, type Stream } from './program.ts'
export {
  type Activation,
  isSmallNet,
  type SmallNet,
  type SmallNetTraining,
} from './straight/shape.ts'
export { smallNetStep } from './straight/small-net.ts'
export { filterAtWinners, filterAtWinnersScratch } from './winners/filter-gradient.ts'
export { type ConvolvePool, convolvePool } from './winners/forward.ts'
export { inputAtWinners, inputAtWinnersScratch } from './winners/input-gradient.ts'
export { hasWinnerKernels, winnerSections } from './winners/shape.ts'

// Random graphs in WebAssembly against the interpreter.
import { testRandomGraphs } from '../../testing/backend/graphs.ts'

testRandomGraphs('wasm')

// Whole networks in WebAssembly against the interpreter.
import { testNets } from '../../testing/backend/nets.ts'

testNets('wasm')

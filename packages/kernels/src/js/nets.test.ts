// Whole networks in JavaScript against the interpreter.
import { testNets } from '../testing/backend/nets.ts'

testNets('js')

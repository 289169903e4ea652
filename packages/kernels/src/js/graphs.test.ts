// Random graphs in JavaScript against the interpreter.
import { testRandomGraphs } from '../testing/backend/graphs.ts'

testRandomGraphs('js')

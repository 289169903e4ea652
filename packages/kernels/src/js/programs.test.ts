// Programs in JavaScript: states, many runs, views, memory.
import { testPrograms } from '../testing/backend/programs.ts'

testPrograms('js')

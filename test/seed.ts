// Every property test draws the same examples each time: a failure is a failure for everybody.
// `SEED=7 pnpm test` draws others.
import fc from 'fast-check'
import { throwDefects } from '../packages/verify/src/verdict/defect.ts'

const seed = Number(process.env.SEED ?? 1)
if (!Number.isSafeInteger(seed)) throw new Error(`SEED is ${process.env.SEED}: no whole number`)
fc.configureGlobal({ seed })

// A proof that a point contradicts fails the test that met it.
throwDefects()

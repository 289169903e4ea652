// Random programs with NaN, infinities, zeros, the smallest and the largest numbers, in every
// engine against both bounds of the interpreter. Prints what lies outside; exits 1 where any does.
// `pnpm fuzz [--from 0] [--programs 100000] [--seconds 600] [--threads 100]`
import { setImmediate } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { engines, threaded } from '../../packages/kernels/src/testing/engines.ts'
import { check } from '../../packages/kernels/src/testing/fuzz/compare.ts'
import { fuzzProgram } from '../../packages/kernels/src/testing/fuzz/program.ts'

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '0' },
    programs: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '3600' },
    threads: { type: 'string', default: '100' },
  },
})
const [from, programs, seconds, everyThreads] = [
  values.from,
  values.programs,
  values.seconds,
  values.threads,
].map(Number) as [number, number, number, number]

/** In every hundredth program, say, two threads as well. */
const both = [threaded('float64'), threaded('float32')]
const began = process.cpuUsage()
const spent = (): number => process.cpuUsage(began).user / 1e6
let done = 0
let outside = 0
for (; done < programs && spent() < seconds; done++) {
  const seed = from + done
  const chosen = done % everyThreads === 0 ? [...engines, ...both] : engines
  for (const { engine, what } of check(fuzzProgram(seed), chosen)) {
    outside += 1
    console.log(`program ${seed}, ${engine}: ${what}`)
  }
  // What a weak reference was made of lives as long as the turn does.
  await setImmediate()
}
console.log(`${done} programs from ${from}: ${outside} results outside the rule`)
process.exitCode = outside > 0 ? 1 : 0

// The barrier of several threads over one memory: who arrives spins for a while, then sleeps. A
// thread that died is noticed: the others end with an error, they do not wait for ever.
import {
  atomic,
  defineFunction,
  type FunctionDefinition,
  i32,
  unreachable,
} from './encoder/index.ts'

/**
 * Words of the barrier, in bytes from its address. The last three say which tasks of a phase are
 * taken (see program.ts); the barrier makes them 0 again.
 */
export const barrierWords = {
  arrived: 0,
  generation: 4,
  sleepers: 8,
  dead: 12,
  taken: 16,
  front: 20,
  back: 24,
} as const

/** A phase is over in microseconds; going to sleep and waking up takes tens of them. */
const spins = 20_000
const sleep = 50_000_000
/** A minute in which nobody arrives: then somebody is no more. */
const patience = 1200

/** (threads) → returns when so many have called it. The last one moves the generation on. */
export function barrierFunction(address: number): FunctionDefinition {
  const at = (name: keyof typeof barrierWords): number => address + barrierWords[name]
  const read = (name: keyof typeof barrierWords) => i32.atomicLoad(0, at(name))
  return defineFunction('barrier', ['i32'], (f) => {
    const threads = f.parameter(0, 'i32')
    const generation = f.let(read('generation'))
    const before = f.let(i32.atomicAdd(0, 1, at('arrived')))
    const waits = () => i32.eq(read('generation'), generation)
    const lastArrives = () => {
      for (const name of ['arrived', 'taken', 'front', 'back'] as const) {
        f.do(i32.store(0, i32.constant(0), at(name)))
      }
      f.do(i32.atomicStore(0, i32.add(generation, 1), at('generation')))
      f.if(read('sleepers'), () => f.do(atomic.notify(at('generation'))))
    }
    const waitForLast = () => {
      const left = f.let(i32.constant(spins))
      f.loop((again) => {
        f.bump(left, -1)
        f.branchIf(again, i32.and(waits(), i32.ne(left, 0)))
      })
      f.if(waits(), () => {
        f.set(left, i32.constant(patience))
        const seen = f.let(i32.atomicAdd(0, 1, at('sleepers')))
        f.loop((again) => {
          f.do(atomic.wait(at('generation'), generation, sleep))
          f.bump(left, -1)
          f.if(i32.and(waits(), i32.or(read('dead'), i32.eqz(left))), () => f.do(unreachable))
          f.branchIf(again, waits())
        })
        f.set(seen, i32.atomicAdd(0, -1, at('sleepers')))
      })
    }
    f.if(i32.eq(i32.add(before, 1), threads), lastArrives, waitForLast)
  })
}

// How the tasks of a phase are run, by one thread in turn or shared by several, and how streams are
// copied.
import { barrierWords } from './barrier.ts'
import { type Body, type I32, i32, memory, select, v128 } from './encoder/index.ts'

/** Engines compile a function anew when it has been busy: it is called often enough to notice. */
export function inTurn(f: Body, tasks: number, run: (from: I32, to: I32) => void): void {
  const size = Math.ceil(tasks / portions)
  if (size === tasks) {
    run(i32.constant(0), i32.constant(tasks))
    return
  }
  const from = f.let(i32.constant(0))
  f.repeat(Math.floor(tasks / size), () => {
    run(from, i32.add(from, size))
    f.bump(from, size)
  })
  if (tasks % size > 0) run(from, i32.constant(tasks))
}

/** A thread takes so many portions of a phase at least, if it has them: the last ones even out. */
const portions = 32

/**
 * Threads take portions of the tasks until none is left, even threads from the front, odd ones
 * from the back: two threads work on the same samples in every phase, and whoever is done early
 * takes from the other. `taken` counts all portions, so that front and back never cross.
 */
export function shareTasks(
  f: Body,
  barrier: number,
  { thread, tasks }: { readonly thread: I32; readonly tasks: number },
  run: (from: I32, to: I32) => void,
): void {
  const size = Math.ceil(tasks / portions)
  const count = Math.ceil(tasks / size)
  const next = (name: 'taken' | 'front' | 'back') =>
    i32.atomicAdd(0, 1, barrier + barrierWords[name])
  const from = f.local('i32')
  const to = f.local('i32')
  f.loop((again) => {
    f.if(i32.ltU(next('taken'), count), () => {
      f.if(
        i32.and(thread, 1),
        () => f.set(from, i32.mul(i32.sub(count - 1, next('back')), size)),
        () => f.set(from, i32.mul(next('front'), size)),
      )
      f.set(to, i32.add(from, size))
      if (tasks % size > 0) {
        f.set(to, select(i32.ltU(to, tasks), to, i32.constant(tasks)))
      }
      run(from, to)
      f.branch(again)
    })
  })
}

/** A call to the engine's copy costs more than a few loads and stores. */
const mostUnrolledBytes = 256

export function copyBytes(f: Body, to: I32, from: I32, bytes: number): void {
  if (bytes > mostUnrolledBytes || bytes % 4 !== 0) {
    f.do(memory.copy(to, from, bytes))
    return
  }
  let at = 0
  for (; at + 16 <= bytes; at += 16) f.do(v128.store(to, v128.load(from, at), at))
  for (; at < bytes; at += 4) f.do(i32.store(to, i32.load(from, at), at))
}

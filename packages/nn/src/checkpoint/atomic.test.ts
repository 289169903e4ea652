// Accidents at every act of a write, on the real disk and on a model of one that loses power.
import * as nodeFs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AtomicFileSystem, writeAtomically } from './atomic.ts'
import { CheckpointError } from './errors.ts'

const OLD = Uint8Array.from({ length: 50 }, (_, i) => i)
const NEW = Uint8Array.from({ length: 80 }, (_, i) => 200 - i)
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** A file system that calls `before(act)` before each of its acts, and writes 16 bytes at most. */
function watched(before: (act: string) => void): AtomicFileSystem {
  const watch =
    <A extends unknown[], R>(act: string, action: (...args: A) => R) =>
    (...args: A): R => {
      before(act)
      return action(...args)
    }
  const writeSync = (file: number, bytes: Uint8Array, from: number, length: number) =>
    nodeFs.writeSync(file, bytes, from, Math.min(16, length))
  return {
    openSync: watch('open', nodeFs.openSync),
    writeSync: watch('write', writeSync) as typeof nodeFs.writeSync,
    fsyncSync: watch('flush', nodeFs.fsyncSync),
    closeSync: watch('close', nodeFs.closeSync),
    renameSync: watch('rename', nodeFs.renameSync),
    unlinkSync: watch('unlink', nodeFs.unlinkSync),
  }
}

let folder = ''
let path = ''
beforeAll(() => {
  folder = nodeFs.mkdtempSync(join(tmpdir(), 'backprove-atomic-'))
  path = join(folder, 'model.safetensors')
})
afterAll(() => nodeFs.rmSync(folder, { recursive: true }))

// The acts of a write that nothing disturbs: 80 bytes are five writes of 16.
const ACTS = [
  'open',
  ...Array(5).fill('write'),
  'flush',
  'close',
  'rename',
  'open',
  'flush',
  'close',
]

describe('writeAtomically', () => {
  it('replaces the file, flushing before the rename and the folder after it', () => {
    const acts: string[] = []
    nodeFs.writeFileSync(path, OLD)
    writeAtomically(
      path,
      NEW,
      watched((act) => acts.push(act)),
    )
    expect(acts).toEqual(ACTS)
    expect(same(nodeFs.readFileSync(path), NEW)).toBe(true)
    expect(nodeFs.readdirSync(folder)).toEqual(['model.safetensors'])
  })

  it('writes a file that was not there, with the file system of Node', () => {
    const fresh = join(folder, 'fresh')
    writeAtomically(fresh, NEW)
    expect(same(nodeFs.readFileSync(fresh), NEW)).toBe(true)
    nodeFs.unlinkSync(fresh)
  })

  for (const [index, failing] of ACTS.entries()) {
    it(`leaves a whole file when act ${index + 1}, ${failing}, fails`, () => {
      nodeFs.writeFileSync(path, OLD)
      let count = 0
      const fs = watched(() => {
        if (count++ === index) throw new Error('disk full')
      })
      expect(() => writeAtomically(path, NEW, fs)).toThrow(CheckpointError)
      const renamed = index > ACTS.indexOf('rename')
      expect(same(nodeFs.readFileSync(path), renamed ? NEW : OLD)).toBe(true)
      expect(nodeFs.readdirSync(folder)).toEqual(['model.safetensors'])
    })

    it(`leaves a whole file when the process is killed at act ${index + 1}, ${failing}`, () => {
      nodeFs.writeFileSync(path, OLD)
      let count = 0
      // A killed process does nothing more: every later act fails too, the tidying included.
      const fs = watched(() => {
        if (count++ >= index) throw new Error('killed')
      })
      expect(() => writeAtomically(path, NEW, fs)).toThrow(CheckpointError)
      const renamed = index > ACTS.indexOf('rename')
      expect(same(nodeFs.readFileSync(path), renamed ? NEW : OLD)).toBe(true)
      // What the dead process left behind does not stand in the way of the next.
      writeAtomically(path, NEW)
      expect(same(nodeFs.readFileSync(path), NEW)).toBe(true)
      expect(nodeFs.readdirSync(folder)).toEqual(['model.safetensors'])
    })

    it(`leaves a whole file when power is lost after act ${index + 1}, ${failing}`, () => {
      const disk = modelDisk(index + 1)
      try {
        writeAtomically('/model', NEW, disk.fs)
      } catch (error) {
        expect(error).toBeInstanceOf(CheckpointError)
      }
      for (const found of disk.possibleContents('/model')) {
        expect(same(found, OLD) || same(found, NEW)).toBe(true)
      }
    })
  }

  it('has the new file for certain once it returns', () => {
    const disk = modelDisk(Number.POSITIVE_INFINITY)
    writeAtomically('/model', NEW, disk.fs)
    expect(disk.possibleContents('/model')).toEqual([NEW])
  })
})

// A disk that holds OLD at '/model', obeys the first `alive` acts, and then has lost power. Bytes
// not flushed may be gone from any point on; a rename not followed by a flush of the folder may or
// may not have happened.
function modelDisk(alive: number) {
  interface Inode {
    bytes: number[]
    flushed: number
  }
  const old: Inode = { bytes: [...OLD], flushed: OLD.length }
  const names = new Map<string, Inode>([['/model', old]])
  let durableNames = new Map(names)
  const open = new Map<number, Inode | 'folder'>()
  let acts = 0
  const act = () => {
    if (acts++ >= alive) throw new Error('no power')
  }
  const fs = {
    openSync(name: string, mode: string) {
      act()
      const handle = 100 + open.size
      if (mode === 'r') return open.set(handle, 'folder') && handle
      const inode: Inode = { bytes: [], flushed: 0 }
      names.set(name, inode)
      return open.set(handle, inode) && handle
    },
    writeSync(handle: number, bytes: Uint8Array, from: number, length: number) {
      act()
      const written = bytes.subarray(from, from + Math.min(16, length))
      ;(open.get(handle) as Inode).bytes.push(...written)
      return written.length
    },
    fsyncSync(handle: number) {
      act()
      const opened = open.get(handle)
      if (opened === 'folder') durableNames = new Map(names)
      else if (opened) opened.flushed = opened.bytes.length
    },
    closeSync: act,
    renameSync(from: string, to: string) {
      act()
      names.set(to, names.get(from)!)
      names.delete(from)
    },
    unlinkSync(name: string) {
      act()
      names.delete(name)
    },
  }
  return {
    fs: fs as unknown as AtomicFileSystem,
    possibleContents(name: string): Uint8Array[] {
      const inodes = new Set([names.get(name)!, durableNames.get(name)!])
      return [...inodes].flatMap(({ bytes, flushed }) =>
        Array.from({ length: bytes.length - flushed + 1 }, (_, lost) =>
          Uint8Array.from(bytes.slice(0, bytes.length - lost)),
        ),
      )
    },
  }
}

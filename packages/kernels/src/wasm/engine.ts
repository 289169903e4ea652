// The part of the engine's JavaScript interface to WebAssembly that is used here, typed: neither
// Node's types nor ECMAScript's declare it, and the browser's would bring the whole DOM along.

export interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>
}

export type WasmModule = object

interface MemoryDescriptor {
  initial: number
  maximum?: number
  shared?: boolean
}

interface Engine {
  Memory: new (descriptor: MemoryDescriptor) => WasmMemory
  Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule
  Instance: new (module: WasmModule, imports?: object) => WasmInstance
  validate(bytes: Uint8Array<ArrayBuffer>): boolean
}

export const engine: Engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly

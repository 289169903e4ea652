#!/usr/bin/env node
// The command: what was compiled of the program is kept from one run to the next (in Node's folder
// for it, unless NODE_DISABLE_COMPILE_CACHE is set), which halves the time that a start takes.
import * as module from 'node:module'

// Node 20 has no such cache.
module.enableCompileCache?.()
await import('./start.ts')

// Frames as engines write them, and the first that is the user's.
import { describe, expect, it } from 'vitest'
import { userLine } from './source-line.ts'

const INSIDE = [
  '    at captureTrace (file:///repo/packages/graph/src/source-line.ts:20:3)',
  '    at Graph.record (/app/node_modules/@backprove/graph/dist/index.js:100:2)',
  '    at train (C:\\app\\node_modules\\backprove\\dist\\index.js:100:2)',
]
const line = (...frames: string[]): string | undefined =>
  userLine({ stack: ['Error', ...INSIDE, ...frames].join('\n') })

describe('userLine', () => {
  it.each([
    ['    at file:///srv/ada/net.ts:3:5', '/srv/ada/net.ts:3:5'],
    ['    at async file:///srv/ada/net.ts:3:5', '/srv/ada/net.ts:3:5'],
    ['    at build (file:///srv/ada/net.ts:3:5)', '/srv/ada/net.ts:3:5'],
    ['    at async build (file:///srv/ada/net.ts:3:5)', '/srv/ada/net.ts:3:5'],
    ['    at new Net (/srv/ada/my nets/net.js:3:5)', '/srv/ada/my nets/net.js:3:5'],
    ['    at /srv/ada/my nets/net.js:3:5', '/srv/ada/my nets/net.js:3:5'],
    ['    at file:///srv/ada/my%20nets/net.js:3:5', '/srv/ada/my nets/net.js:3:5'],
    ['    at file:///C:/ada/net.js:3:5', 'C:/ada/net.js:3:5'],
    ['    at build (C:\\ada\\net.js:3:5)', 'C:\\ada\\net.js:3:5'],
    ['    at file:///100%/net.js:3:5', '/100%/net.js:3:5'],
    ['build@https://example.org/net.js:3:5', 'https://example.org/net.js:3:5'],
    [
      '    at it (/repo/packages/graph/src/ops/arithmetic/add.test.ts:3:5)',
      '/repo/packages/graph/src/ops/arithmetic/add.test.ts:3:5',
    ],
  ])('%s', (frame, place) => {
    expect(line('    at node:internal/modules/esm:1:1', frame, '    at /other.js:1:1')).toBe(place)
  })

  it('nothing where no frame is the user’s', () => {
    expect(line()).toBeUndefined()
    expect(line('    at <anonymous>', '    at Array.map (<anonymous>)')).toBeUndefined()
    expect(userLine(undefined)).toBeUndefined()
  })
})

// Builds and packs every package, installs the tarballs with npm elsewhere and uses them there on
// each Node that is supported, and in a browser: what a user gets, not what the checkout has. Run
// by `pnpm packed`; Nodes other than the one at hand are fetched from npm, on Linux on x64.

import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkBrowser } from './browser.ts'
import { checkInstalled, checkTarball, digests } from './contents.ts'
import { install, NODES, pack, pathOf, root, run } from './install.ts'

const elsewhere = mkdtempSync(join(tmpdir(), 'backprove-packed-'))

try {
  run('pnpm', ['run', 'build'], root)
  pack(elsewhere)
  const again = join(elsewhere, 'again')
  mkdirSync(again)
  pack(again)
  if (digests(again) !== digests(elsewhere)) throw new Error('packed twice, the bytes differ')
  const tarballs = readdirSync(elsewhere).filter((name) => name.endsWith('.tgz'))
  const names = tarballs.map((name) => checkTarball(join(elsewhere, name)))

  for (const name of ['program.js', 'own-op.js']) {
    copyFileSync(new URL(name, import.meta.url), join(elsewhere, name))
  }
  const paths = NODES.map((version) => pathOf(version, elsewhere))
  install(elsewhere, paths[0]!)
  checkInstalled(elsewhere)
  for (const path of paths) {
    run('node', ['program.js'], elsewhere, path)
    run('node', ['own-op.js'], elsewhere, path)
    run(join(elsewhere, 'node_modules/.bin/backprove'), ['demo'], elsewhere, path)
    run(join(elsewhere, 'node_modules/.bin/backprove'), ['--version'], elsewhere, path)
  }
  checkTypes(names)
  await checkBrowser(elsewhere)
  console.log(`The packed tarballs of ${names.join(', ')} work.`)
} finally {
  rmSync(elsewhere, { recursive: true, force: true })
}

/**
 * A program that imports every package type-checks against the packed declarations, as bundlers and
 * as Node find them, with the libraries that any page has.
 */
function checkTypes(names: readonly string[]): void {
  const lines = names.map((name, i) => `export * as package${i} from '${name}'`)
  writeFileSync(join(elsewhere, 'program.ts'), `${lines.join('\n')}\n`)
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom']
  for (const modules of [['nodenext'], ['esnext', '--moduleResolution', 'bundler']]) {
    const all = [...options, '--skipLibCheck', 'false', '--module', ...modules, 'program.ts']
    run(join(root, 'node_modules/.bin/tsc'), all, elsewhere)
  }
}

// Keeps what needs another's package in a file of its own, which a bundler can leave out whole: an
// import of a package that does not say it is free of side effects stays wherever it stands.
import { basename, dirname, resolve } from 'node:path'

interface Build {
  onResolve(
    options: { filter: RegExp },
    resolved: (file: {
      path: string
      importer: string
      kind: string
    }) => { path: string; external: boolean; sideEffects: boolean } | undefined,
  ): void
}

/** A plugin of esbuild: the given sources, each an output `NAME.js`, are imported as that output. */
export const apart = (sources: readonly string[]) => {
  const paths = new Set(sources.map((path) => resolve(path)))
  return {
    name: 'apart',
    setup(build: Build): void {
      build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, importer, kind }) => {
        if (kind !== 'import-statement' || !paths.has(resolve(dirname(importer), path))) return
        return { path: `./${basename(path, '.ts')}.js`, external: true, sideEffects: false }
      })
    },
  }
}

// Marks what runs when a module loads as free of side effects, which the house demands of it
// anyway: a bundler then leaves out the tables and ops that a page does not use.
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { inAscii } from './ascii.ts'
import { readWhenCalled } from './read-when-called.ts'

interface Build {
  onLoad(
    options: { filter: RegExp },
    load: (file: { path: string }) => { contents: string; loader: 'ts' },
  ): void
}

/** Whose functions are constants, thousands of them; they weigh a little more as functions. */
const LARGE = /packages[\\/]verify[\\/]/

/** A plugin of esbuild. */
export const pureCalls = {
  name: 'pure-calls',
  setup(build: Build): void {
    build.onLoad({ filter: /packages[\\/][^\\/]+[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
      const text = inAscii(readFileSync(path, 'utf8'), path)
      return {
        contents: markPure(LARGE.test(path) ? readWhenCalled(text, path) : text, path),
        loader: 'ts',
      }
    })
  },
}

/** The source, each constant of the module whose value takes work made by a call marked as pure. */
export function markPure(text: string, path = 'module.ts'): string {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const values = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ initializer }) => (initializer && takesWork(initializer) ? [initializer] : []))
  return values.reduceRight((marked, value) => {
    const [start, end] = [value.getStart(source), value.end]
    const made = `/* @__PURE__ */ (() => (${marked.slice(start, end)}))()`
    return marked.slice(0, start) + made + marked.slice(end)
  }, text)
}

/** Whether a bundler must take the value for one that does something as it is made. */
function takesWork(node: ts.Node): boolean {
  // What a function or a class holds does not run now.
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false
  const works = [ts.isCallExpression, ts.isNewExpression, ts.isSpreadElement, ts.isSpreadAssignment]
  const reads = [ts.isPropertyAccessExpression, ts.isElementAccessExpression, ts.isTemplateSpan]
  const isWork = [...works, ...reads, ts.isTaggedTemplateExpression].some((is) => is(node))
  return isWork || ts.forEachChild(node, (child) => takesWork(child) || undefined) === true
}

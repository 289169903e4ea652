// The reference, from the docstrings of the sources: typedoc's Markdown, as pages of the site.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application } from 'typedoc'
import { type Page, root } from './pages.ts'

const PACKAGES = ['graph', 'kernels', 'nn', 'verify', 'viewer', 'interop'] as const

export async function apiPages(): Promise<Page[]> {
  const folder = mkdtempSync(join(tmpdir(), 'backprove-api-'))
  try {
    const application = await Application.bootstrapWithPlugins({
      entryPoints: PACKAGES.map((name) => join(root, `packages/${name}/src/index.ts`)),
      tsconfig: join(root, 'tsconfig.json'),
      plugin: [fileURLToPath(import.meta.resolve('typedoc-plugin-markdown'))],
      // Without a path of its own typedoc empties docs/.
      outputs: [{ name: 'markdown', path: folder }],
      ...{ out: folder, cleanOutputDir: false },
      ...{ readme: 'none', disableSources: true, skipErrorChecking: true, logLevel: 'Error' },
      // One file for each package: a page that is searched, not a maze.
      ...({ router: 'module', hidePageHeader: true, hideBreadcrumbs: true } as object),
      groupOrder: ['Functions', 'Variables', 'Interfaces', 'Type Aliases', 'Classes', '*'],
      ...({ parametersFormat: 'table' } as object),
    })
    const project = await application.convert()
    if (!project) throw new Error('typedoc could not read the sources')
    await application.generateOutputs(project)
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => pageOf(file.replaceAll('\\', '/'), readFileSync(join(folder, file), 'utf8')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** typedoc names what it reads by folders; a reader knows packages. */
const named = (markdown: string): string =>
  markdown
    .replace(/^# backprove-workspace$/m, '# API reference')
    .replace(/^## Modules$/m, '## Packages')
    // Targets that nothing refers to: the renderer takes no HTML.
    .replaceAll(/<a id="[^"]*"><\/a> ?/g, '')
    .replaceAll(/^(#|- \[)( ?)(\w+)\/src\b/gm, '$1$2@backprove/$3')

function pageOf(file: string, raw: string): Page {
  const markdown = named(raw)
  const path = `api/${file.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html')}`
  const heading = /^#\s+(.+)$/m.exec(markdown)?.[1]?.replaceAll(/[\\`]/g, '') ?? file
  const title = file === 'README.md' ? 'Packages' : heading
  const source = `docs/api/${file}`
  return {
    ...{ language: 'en', isTranslated: true, source, path, title, group: 'api' },
    ...{ markdown, english: markdown },
  }
}

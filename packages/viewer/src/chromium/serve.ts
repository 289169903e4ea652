// A static host for tests: these files below this folder, and nothing else.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'

export interface Host {
  /** `http://127.0.0.1:PORT/folder/`. */
  readonly address: string
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[]
  close(): void
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

export async function serve(
  files: ReadonlyMap<string, string | Uint8Array>,
  { folder = '/', headers = {} }: { folder?: string; headers?: Record<string, string> } = {},
): Promise<Host> {
  const asked: string[] = []
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://host').pathname
    asked.push(path)
    const below = path.startsWith(folder) ? path.slice(folder.length) : ' '
    const name = below.replace(/(^|\/)$/, '$1index.html')
    const body = files.get(name)
    const type = TYPES[extname(name)] ?? 'application/octet-stream'
    if (body === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': type, ...headers }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    ...{ address: `http://127.0.0.1:${port}${folder}`, asked },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

// A worker from its text. The page's policy for trusted types makes this address, and no other.

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string }
}

const addresses = new Set<string>()
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined

export function workerFrom(text: string): Worker {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  addresses.add(address)
  const types = (globalThis as unknown as { trustedTypes?: TrustedTypes }).trustedTypes
  policy ??= types?.createPolicy('backprove', {
    createScriptURL: (url) => {
      if (!addresses.has(url)) throw new TypeError('only a worker of this page')
      return url
    },
  })
  return new Worker(policy?.createScriptURL(address) ?? address)
}

// A worker from its text. The page's policy for trusted types makes this address, and no other.

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string }
}

export function workerFrom(text: string): Worker {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  const types = (globalThis as unknown as { trustedTypes?: TrustedTypes }).trustedTypes
  const policy = types?.createPolicy('backprove', {
    createScriptURL: (url) => {
      if (url !== address) throw new TypeError('only the worker of this page')
      return url
    },
  })
  return new Worker(policy?.createScriptURL(address) ?? address)
}

// The page that trains LeNet-5 on the visitor's GPU, which here is one in software: it fetches the
// engine when asked to, says which one ran, and the cost falls.
import { spawnSync } from 'node:child_process'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { peersInstalled } from '../../../bench/peers/install.ts'
import { gpuFiles, gpuPage } from '../../../packages/site/src/gpu.ts'
import { executable } from '../../../packages/viewer/src/chromium/browser.ts'
import { type Host, serve } from '../../../packages/viewer/src/chromium/serve.ts'

if (!peersInstalled()) console.log('No page trains on a GPU: the peers are not installed.')
// A GPU in software needs seconds for a step of LeNet-5 where other tests run beside it.
const providers = process.env.GPU ? ['webgpu', 'wasm'] : ['wasm']
if (!process.env.GPU) console.log('No page trains LeNet-5 by WebGPU: GPU=1 asks for it.')

describe.runIf(executable && peersInstalled())('LeNet-5 on a GPU', () => {
  let browser: Browser
  let host: Host
  beforeAll(async () => {
    const files = new Map([...(await gpuFiles()), ['live/gpu.html', gpuPage()] as const])
    host = await serve(files)
    const flags = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
    browser = await chromium.launch({
      executablePath: spawnSync('which', [executable!], { encoding: 'utf8' }).stdout.trim(),
      args: [...flags, '--enable-features=Vulkan'],
    })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  test.each(providers)(
    'by %s',
    async (provider) => {
      const page = await browser.newPage()
      const fetched: string[] = []
      const complaints: string[] = []
      page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(`${host.address}live/gpu.html`)
      expect(await page.locator('#unserved').count()).toBe(0)
      expect(fetched.filter((path) => path.includes('/ort/'))).toEqual([])
      await page.locator('#provider').selectOption(provider)
      await page.getByRole('button', { name: 'Train' }).click()
      const told = page.locator('#told')
      await expect
        .poll(() => told.textContent(), { timeout: 60_000 })
        .toMatch(/^Step (?:[3-9]|\d\d) of|^It does not/)
      await page.getByRole('button', { name: 'Stop' }).click()
      await expect
        .poll(() => told.getAttribute('data-provider'), { timeout: 20_000 })
        .toBe(provider)
      const name = provider === 'webgpu' ? 'the GPU (WebGPU)' : 'the processor (WebAssembly)'
      expect(await told.textContent()).toContain(name)
      const [first, last] = JSON.parse((await told.getAttribute('data-costs'))!)
      expect(last).toBeLessThan(first * 1.05)
      expect(complaints).toEqual([])
      await page.close()
    },
    120_000,
  )
})

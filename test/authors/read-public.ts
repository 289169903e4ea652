// Reads the formulas of public.txt: sections of a network and the formulas about it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Source } from './formulas.data.ts'

const line = /^([a-z -]+?)(?: \(([^|]+)\))? \| (.*)$/

export const published = (): Source[] => {
  const path = fileURLToPath(new URL('public.txt', import.meta.url))
  const sections = readFileSync(path, 'utf8').split(/^== /m).slice(1)
  return sections.map((section) => {
    const [about = '', ...rest] = section.split('\n')
    const cut = rest.indexOf('--')
    const formulas = rest.slice(cut + 1).flatMap((text) => {
      const [, right, assume, formula] = line.exec(text) ?? []
      if (right === undefined || formula === undefined) return []
      return [
        assume === undefined ? ([formula, right] as const) : ([formula, right, assume] as const),
      ]
    })
    return { about, network: rest.slice(0, cut).join('\n'), formulas }
  })
}

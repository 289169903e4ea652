// A page's script and its worker's as one text. What both need stands in it once: three functions,
// of which two are run in the page, and two, as their own text, in the worker.

/** One of esbuild's outputs, by what it is. */
export interface Split {
  readonly page: string
  readonly worker: string
  /** What both import, if they share anything. */
  readonly shared: string
}

/**
 * The page's code finds the worker's text as `$worker()`. No address is asked for it, so that the
 * text works in a file, inline in a notebook, and inside somebody's own bundle.
 */
export function together({ page, worker, shared }: Split): string {
  return [
    `const shared=()=>{${exported(shared)}};`,
    `const worker=$shared=>{${imported(worker)}};`,
    `const page=($shared,$worker)=>{${imported(page)}};`,
    `page(shared(),()=>'"use strict";('+worker+')(('+shared+')())');`,
  ].join('\n')
}

const EXPORT = /export\{([^}]*)\};?\s*$/
const IMPORT = /import\{([^}]*)\}from"\.\/[^"]*";/g

/** `export{a as b,c};` as `return{b:a,c}`. */
const exported = (text: string): string =>
  bare(
    text.replace(EXPORT, (_, names: string) => {
      const pairs = names.split(',').map((name) => {
        const [own = '', outer = own] = name.split(' as ')
        return `${outer}:${own}`
      })
      return `return{${pairs}}`
    }),
  )

/** `import{b as c}from"./chunk.js";` as `const{b:c}=$shared;`. */
const imported = (text: string): string =>
  bare(
    text.replace(IMPORT, (_, names: string) => `const{${names.replaceAll(' as ', ':')}}=$shared;`),
  )

function bare(text: string): string {
  const left = /^(?:import|export)\b[^(.]|[;}](?:import|export)\s*[{*"]/m.exec(text)
  if (left) throw new Error(`a module's own words are left in a bundle: ${left[0]}`)
  return text
}

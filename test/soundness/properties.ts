// The long run of the properties: every case of every source.
//
//   node test/soundness/properties.ts [property] [every nth = 1]
import { casesOf } from './oracle/cases.ts'
import { properties } from './oracle/same-verdict.ts'

const [wanted = '', nth = '1'] = process.argv.slice(2)
let wrong = 0
for (const [source, cases] of casesOf(Number(nth))) {
  const all = cases()
  for (const [name, property] of Object.entries(properties)) {
    if (!name.includes(wanted)) continue
    const started = performance.now()
    const differ = all.flatMap((each) => {
      const difference = property(each)
      return difference ? [`${each.text}: ${difference}`] : []
    })
    wrong += differ.length
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    const found = `${all.length} claims, ${differ.length} differ, ${seconds} s`
    console.log([`${name}, ${source}: ${found}`, ...differ].join('\n  '))
  }
}
process.exitCode = wrong > 0 ? 1 : 0

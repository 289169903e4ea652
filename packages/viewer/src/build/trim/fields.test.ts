// Fields under short names: every one where it is read, set and declared, and no text.
import { expect, test } from 'vitest'
import { shortFields } from './fields.ts'

test('a field is the same one everywhere, and prose is left alone', () => {
  const script =
    'class A{x=1;terms=[2];parts(){return this.terms.length}}let{terms:e}=new A;' +
    'said=e[0]+" terms"+new A().parts()+{terms:3,y:1}.terms;'
  const short = shortFields(script, ['terms', 'parts'])
  expect(short).toBe(
    'class A{x=1;$a=[2];$b(){return this.$a.length}}let{$a:e}=new A;' +
      'said=e[0]+" terms"+new A().$b()+{$a:3,y:1}.$a;',
  )
})

test.each(['x["terms"]', "'terms'in x", '"at most <terms>"', 'let{terms}=x', '[a,terms,b]'])(
  'refuses %s',
  (script) => {
    expect(() => shortFields(script, ['terms'])).toThrow('more than a field')
  },
)

// @backprove/graph/element: entries of nodes as mathjs expressions. An entry of its own, so that
// nobody else loads mathjs.
export { type ElementOptions, element, elementScope } from './element.ts'

// y_{true}, y_{pred}, L_{CE}, Γ_f^{⟨t⟩}: what a word below or the step above says, where the graph
// has no such name.
import type { Scope, ScopeName } from '../../resolved.ts'
import type { Name } from '../../syntax.ts'
import { wordsBelow } from '../../word-below.ts'
import { compact, tagOf } from '../layer-tags.ts'

const alone = (found: readonly ScopeName[]): ScopeName | undefined =>
  found.length === 1 ? found[0] : undefined

/** The one array that is compared with targets, and the one target. */
const comparedIn = ({ names }: Scope) => {
  const prediction = alone(names.filter(({ predicts }) => predicts?.length === 1))
  const target = names.find(({ name }) => name === prediction?.predicts?.[0])
  return { prediction, target }
}

/** The name as that array, with the indices that it has besides. */
const calling = (name: Name, { base, tag }: ScopeName): Name => {
  const { subscript, superscript: _, ...plain } = name
  const rest = subscript!.parts.slice(1)
  const { span } = name
  return {
    ...plain,
    base,
    ...(tag && { superscript: { parts: [tagOf(tag, span)], parenthesised: true, span } }),
    ...(rest.length > 0 && { subscript: { parts: rest, span: subscript!.span } }),
  }
}

/** The t of networks with h_{t-1}: the step that one is at. */
export const currentStep = ({ names }: Scope): string | undefined =>
  names.flatMap(({ tag }) => /^([tτ])-1$/.exec(tag)?.[1] ?? [])[0]

/** Γ_f^{⟨t⟩} where the graph has Γ_f alone: of the step that one is at. */
export const withoutStep = (name: Name, scope: Scope): Name | undefined => {
  const { superscript, ...plain } = name
  const [only, ...others] = superscript?.parts ?? []
  if (!only || others.length > 0 || name.base === 'δ') return undefined
  const step = currentStep(scope)
  if (compact(only) !== step) return undefined
  const isStepped = scope.names.some(({ base, tag }) => base === name.base && tag === step)
  return isStepped ? undefined : plain
}

/** h_j where the graph has h_t and h_{t-1} is the j-th of this step, E_t the loss of it. */
export const atCurrentStep = (name: Name, scope: Scope): Name | undefined => {
  const [index, ...others] = name.subscript?.parts ?? []
  if (index?.kind !== 'name' || others.length > 0) return undefined
  const step = currentStep(scope)
  if (step === undefined) return undefined
  const own = scope.names.filter(({ base }) => base === name.base)
  // E_t of a number: the loss of this step.
  const isLoss =
    own.length === 0 ? /^[CJLE]$/.test(name.base) : own.length === 1 && own[0]!.rank === 0
  if (isLoss && compact(index) === step) {
    const { subscript: _, ...plain } = name
    return plain
  }
  const isStepped = own.length > 1 && own.every(({ isBelow }) => isBelow)
  const isTag = own.some(({ tag }) => tag === compact(index))
  if (!isStepped || isTag || name.superscript || !own.some(({ tag }) => tag === step))
    return undefined
  const { span } = name
  return { ...name, superscript: { parts: [tagOf(step, span)], parenthesised: true, span } }
}

/** μ_B and σ_B^2 of numbers: of the batch. */
const withoutBatch = (name: Name, { names }: Scope): Name | undefined => {
  const { subscript, ...plain } = name
  const own = names.filter(({ base }) => base === name.base)
  const areNumbers = own.length > 0 && own.every(({ rank }) => rank === 0)
  return areNumbers && subscript!.parts.length === 1 ? plain : undefined
}

/** The name without its word. */
export const withoutWord = (name: Name, scope: Scope): Name | undefined => {
  const [word] = name.subscript?.parts ?? []
  if (word?.kind !== 'name' || word.superscript || word.subscript) return undefined
  const says = wordsBelow.get(word.base)
  const isOwn = scope.names.some(({ base, tag }) => base === name.base && tag === word.base)
  if (isOwn) return undefined
  if (says === 'batch') return withoutBatch(name, scope)
  if (says === undefined || says === 'turned' || name.superscript || name.primes > 0)
    return undefined
  if (says === 'cost') {
    const isKnown = scope.names.some(({ base }) => base === name.base)
    const isCost = scope.costName === name.base || (!isKnown && /^[CJLEl]$/.test(name.base))
    const { subscript: _, ...plain } = name
    return isCost ? plain : undefined
  }
  const found = comparedIn(scope)[says]
  return found && calling(name, found)
}

// What an array is for, asked of the network: the letters of pre-activations, of activations, of
// errors and of inputs. Names keep their scripts: the activation of z^l_{ij} is a^l_{ij}.

import { deltaBase } from '../language/names/deltas/delta.ts'
import { compact } from '../language/names/layer-tags.ts'
import type { Scope, ScopeName } from '../language/resolved.ts'
import type { Name } from '../language/syntax.ts'
import { tree } from './build.ts'

const lettersOf = (names: readonly ScopeName[]): string[] => [
  ...new Set(names.map(({ base }) => base)),
]

const named = ({ names }: Scope, which: readonly string[] | undefined): ScopeName[] =>
  names.filter(({ name }) => which?.includes(name))

/** The letters of the arrays that enter an activation. */
const preActivationLetters = ({ names }: Scope): string[] =>
  lettersOf(names.filter(({ activated }) => activated))

/** Of the arrays with a letter, the letters of their activations. */
const activationLetters = (letter: string, scope: Scope): string[] =>
  lettersOf(
    scope.names.filter(({ activates }) =>
      named(scope, activates).some(({ base }) => base === letter),
    ),
  )

/** Of the arrays with a letter, the letters of what enters the activation that they are. */
const activatedLetters = (letter: string, scope: Scope): string[] =>
  lettersOf(
    scope.names
      .filter(({ base }) => base === letter)
      .flatMap(({ activates }) => named(scope, activates)),
  )

const relettered = (name: Name, letters: readonly string[]): Name[] =>
  letters.map((base) => ({ ...name, base, primes: 0 }))

/** The letter of the array whose error a name is; any other letter stays. */
export const letterOfArray = ({ base }: Name, scope: Scope): string =>
  base === 'δ' ? (deltaBase(scope) ?? base) : base

export const isPreActivation = ({ base, primes }: Name, scope: Scope): boolean =>
  primes === 0 && preActivationLetters(scope).includes(base)

export const isActivation = ({ base, primes }: Name, scope: Scope): boolean =>
  primes === 0 && activatedLetters(base, scope).length > 0

/** a and y for z, in the same scripts. */
export const activationsOf = (z: Name, scope: Scope): Name[] =>
  relettered(z, activationLetters(letterOfArray(z, scope), scope))

/** z for a, in the same scripts; of δ and of z itself that z; of anything else every letter. */
export const preActivationsOf = (name: Name, scope: Scope): Name[] => {
  const own = letterOfArray(name, scope)
  const letters = preActivationLetters(scope)
  if (letters.includes(own)) return relettered(name, [own])
  const before = activatedLetters(own, scope)
  return relettered(name, before.length > 0 ? before : letters)
}

/** Every pre-activation of the graph, as a name. */
export const allPreActivations = ({ names }: Scope): Name[] =>
  names.filter(({ activated }) => activated).flatMap((each) => nameOf(each) ?? [])

/** What enters a pooling, and what those arrays are the activations of. */
export const allPooled = (scope: Scope): Name[] => {
  const pooled = scope.names.filter((each) => each.pooled)
  const before = pooled.flatMap(({ activates }) => named(scope, activates))
  return [...new Set([...pooled, ...before])].flatMap((each) => nameOf(each) ?? [])
}

/** The inputs that layers begin with, by their letters: what stands for the layer before. */
export const inputLetters = (scope: Scope): string[] =>
  lettersOf(
    scope.names.filter(
      ({ role, tag, name }) =>
        role === 'leaf' && tag === '' && scope.names.some(({ after }) => after?.includes(name)),
    ),
  )

/** Whether what stands below are indices: h_1 may be a layer's whole name, h_t that of a step. */
export const isEntry = (name: Name, scope: Scope): boolean => {
  if (!name.subscript) return false
  const letter = letterOfArray(name, scope)
  const below = name.subscript.parts.map(compact).join('')
  const own = scope.names.filter(({ base }) => base === letter)
  const isStep = name.subscript.parts.length === 1 && /^[tlT](?:[+-]\d+)?$/.test(below)
  if (isStep && own.length > 0 && own.every(({ isBelow }) => isBelow)) return false
  return !own.some(({ tag, isBelow }) => isBelow && tag.replaceAll(' ', '') === below)
}

const nowhere = { start: 0, end: 0 }

/** An array of the graph as formulas write it: z^F, and W1 where that is its whole name. */
export const nameOf = ({ name, base, tag }: ScopeName): Name | undefined => {
  if (/^\p{L}\p{M}*(?:[\^_]|$)/u.test(name)) {
    const read = tree(name)
    return read.kind === 'name' ? read : undefined
  }
  const isWord = tag === '' && /^\p{L}[\p{L}\d]*$/u.test(base)
  return isWord ? { kind: 'name', base, primes: 0, span: nowhere } : undefined
}

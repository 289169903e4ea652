// LaTeX documents: what is not set is not read, and every place stays where it was.
import { describe, expect, it } from 'vitest'
import { checkNotes } from '../notes/check.ts'
import { readDocument } from './document.ts'

const formulas = (text: string) => readDocument(text).entries.map(({ formula }) => formula.trim())

describe('a LaTeX document', () => {
  it('has comments, to the end of their lines', () => {
    const text = '\\section{A}\nWe have $a = b$ % not $c = d$\nand 5\\% of $e = f$, \\\\% $g = h$\n'
    expect(formulas(text)).toEqual(['a = b', 'e = f'])
    expect(readDocument(text).entries.map(({ line, column }) => [line, column])).toEqual([
      [2, 10],
      [3, 13],
    ])
  })
  it('has them inside of formulas', () => {
    const text = '\\section{A}\n\\begin{align}\n  a &= b % b\n  \\\\ c &= d\n\\end{align}\n'
    expect(readDocument(text).entries.map(({ kind }) => kind)).toEqual(['claim', 'claim'])
  })
  it('quotes with backticks, which are no code', () => {
    expect(formulas("\\section{A}\nThe ``first'' $a = b$ is ``second'' $c = d$")).toEqual([
      'a = b',
      'c = d',
    ])
  })
  it('has listings and an end', () => {
    const listing = '\\begin{verbatim}\n$a = b$\n\\end{verbatim}\n\\verb|$c = d$| $e = f$\n'
    const text = `\\documentclass{article}\n${listing}\\end{document}\n$g = h$`
    expect(formulas(text)).toEqual(['e = f'])
  })
  it('is known by its first line, comments and definitions apart', () => {
    const head = '% root\n\\newcommand{\\p}{\\partial}\n\\chapter{A}\n'
    expect(formulas(`${head}$a = b$ % $c = d$`)).toEqual(['a = b'])
    expect(formulas('# A \\section{B}\n$a = b$ % $c = d$')).toEqual(['a = b', 'c = d'])
  })
  it('has its claims where they stand, made by macros too', () => {
    const text = [
      '\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}',
      '\\section{A}',
      '\\begin{align}',
      '  \\pd{C}{x} &= \\frac{a}{b} \\pd{C}{y}, &',
      '  \\pd{C}{\\hat y} &= \\left( \\pd{C}{u} + \\hat{z} \\right) \\\\',
      '  \\pd{C}{b} &= \\sqrt{\\pd{C}{u}}',
      '\\end{align}',
    ].join('\n')
    const claims = readDocument(text).entries.map((entry) => {
      const { start, end } = entry.kind === 'ill-formed' ? entry.at : entry.claim.span
      return [entry.line, entry.column, entry.formula.slice(start, end).replace(/\s+/g, ' ')]
    })
    expect(claims).toEqual([
      [4, 3, '\\pd{C}{x} &= \\frac{a}{b} \\pd{C}{y'],
      [5, 3, '\\pd{C}{\\hat y} &= \\left( \\pd{C}{u} + \\hat{z} \\right)'],
      [6, 3, '\\pd{C}{b} &= \\sqrt{\\pd{C}{u}}'],
    ])
  })
  it('is judged by its own equations, and told what to expect behind a comment’s sign', () => {
    const report = checkNotes(
      [
        '\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}',
        "\\section{Affine ``layers''}",
        'Let $y = Wx + b$ and $C = \\tfrac12 \\|y - t\\|^2$. % $t = x$',
        '\\begin{align}',
        '  \\pd{C}{x} &= W^T (y - t) \\\\',
        '  % \\pd{C}{x} &= W (y - t) \\\\',
        '  \\pd{C}{b} &= t - y % the sign',
        '\\end{align}',
        '% <!-- expect: refuted -->',
        '$\\pd{C}{b} = y - t$',
      ].join('\n'),
    )
    const judged = report.entries.filter(({ verdict }) => verdict)
    expect(judged.map(({ line, verdict }) => [line, verdict!.kind])).toEqual([
      [5, 'proved'],
      [7, 'refuted'],
      [10, 'proved'],
    ])
    expect(judged.map(({ ok }) => ok)).toEqual([false, true, true])
  })
  it('has the network that stands in a listing, and nothing else of listings', () => {
    const listing = (...lines: string[]) => ['\\begin{verbatim}', ...lines, '\\end{verbatim}']
    const report = checkNotes(
      [
        '\\section{Twice}',
        ...listing('```network', 'x: input 3', 'y = 2*x', 'C = sum(y)', '```'),
        ...['$$y = 2 x$$', ...listing('$$y = 5 x$$'), '$$y = 3 x$$'],
      ].join('\n'),
    )
    expect(report.entries.map(({ verdict }) => verdict?.kind)).toEqual(['proved', 'refuted'])
    expect(report).not.toHaveProperty('network')
  })
})

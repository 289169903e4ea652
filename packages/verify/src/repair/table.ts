// Every named repair, in the order in which diagnoses are preferred: what it does to a wrong
// formula, and the mistake that it undoes. The mistakes make the formulas that tests must see
// refuted.
import type { Mode } from '../language/syntax.ts'
import type { EditContext, Rewrite } from './edit.ts'
import { otherAxis } from './edits/axes.ts'
import { functions } from './edits/functions.ts'
import { guards } from './edits/guards.ts'
import { indices } from './edits/indices.ts'
import { layers } from './edits/layers.ts'
import { lines } from './edits/lines.ts'
import { factors } from './edits/lost-factors.ts'
import { matrices } from './edits/matrices.ts'
import { means } from './edits/means.ts'
import { addStray, addTerm } from './edits/missing-terms.ts'
import { offsets } from './edits/offsets.ts'
import { otherArray, strayArray } from './edits/other-arrays.ts'
import { pooling } from './edits/pooling.ts'
import { modePairs, sliding } from './edits/sliding.ts'
import { slopes } from './edits/slopes/slopes.ts'
import { squares } from './edits/squares.ts'
import { terms } from './edits/terms.ts'

export type RepairName =
  | `${Mode} for ${Mode}`
  | 'missing rot180'
  | 'superfluous rot180'
  | 'transpose for rot180'
  | 'missing transpose'
  | 'superfluous transpose'
  | 'operands swapped'
  | 'correlation for convolution'
  | 'convolution for correlation'
  | "missing σ'"
  | "superfluous σ'"
  | "σ for σ'"
  | "σ' for σ"
  | "σ' of the wrong layer"
  | 'missing activation'
  | 'superfluous activation'
  | 'missing upsample'
  | 'superfluous upsample'
  | 'missing mean factor'
  | 'superfluous mean factor'
  | 'mean for sum'
  | 'sum for mean'
  | 'missing max indicator'
  | 'superfluous max indicator'
  | 'wrong cell'
  | 'sign'
  | 'factor'
  | 'operands of the outer product swapped'
  | 'missing square'
  | 'superfluous square'
  | 'channels swapped'
  | 'missing sum over paths'
  | 'superfluous sum'
  | 'missing stride dilation'
  | 'superfluous stride dilation'
  | 'padding off'
  | 'index off by one'
  | 'wrong border guard'
  | 'superfluous border guard'
  | 'missing Kronecker delta'
  | 'missing term'
  | 'superfluous term'
  | 'wrong axis'
  | 'wrong layer tag'
  | 'wrong array'
  | 'inverted derivative'
  | 'missing assumption'

export interface Edit {
  readonly name: RepairName
  /** Wrong formula → formulas that may be right. */
  readonly repair: Rewrite
  /** Right formula → formulas with this mistake. */
  readonly mistake: Rewrite
}

const nothing: Rewrite = () => []

/** What people leave unsaid about the targets of a softmax: vectors that were given. */
const unsaid = ({ scope, targets }: EditContext): string[] =>
  scope.names
    .filter(({ name, rank }) => rank === 1 && targets.includes(name))
    .map(({ name, letters: [letter = 'k'] }) => `Σ_${letter} ${name}_${letter} = 1`)

const assume: Rewrite = (claim, context) =>
  unsaid(context).map((assume) => ({ claim, assume, message: `It holds if ${assume}: assume it.` }))

type Row = readonly [name: RepairName, repair: Rewrite, mistake: Rewrite]

const rows: readonly Row[] = [
  ['convolution for correlation', sliding.toCorrelation, sliding.toConvolution],
  ['superfluous rot180', sliding.unturn, sliding.turn],
  ['missing rot180', sliding.turn, sliding.unturn],
  ['transpose for rot180', sliding.transposeToTurn, sliding.turnToTranspose],
  ...modePairs.map(({ name, repair, mutate }): Row => [name, repair, mutate]),
  ['operands swapped', sliding.swap, sliding.swap],
  ['correlation for convolution', sliding.toConvolution, sliding.toCorrelation],
  ['operands of the outer product swapped', matrices.rightOuter, matrices.wrongOuter],
  ['wrong axis', otherAxis, nothing],
  ['operands swapped', lines.exchanged, nothing],
  ['superfluous transpose', matrices.untranspose, matrices.transpose],
  ['missing transpose', matrices.missing, matrices.untranspose],
  ["σ for σ'", slopes.notPrimed, slopes.unprime],
  ["σ' for σ", slopes.unprime, slopes.prime],
  ["missing σ'", slopes.missing, slopes.drop],
  ["σ for σ'", lines.rewritten, nothing],
  ["missing σ'", lines.missing, nothing],
  ['missing term', terms.complement, nothing],
  ['superfluous term', slopes.uncomplement, nothing],
  ["superfluous σ'", slopes.superfluous, slopes.add],
  ["σ' of the wrong layer", slopes.misplaced, slopes.move],
  ['superfluous activation', functions.deactivate, functions.activateWrongly],
  ['missing activation', functions.activate, functions.deactivate],
  ['superfluous term', terms.dropTerm, addStray],
  ['missing upsample', pooling.upsample, pooling.downsample],
  ['missing max indicator', pooling.addIndicator, pooling.dropIndicator],
  ['superfluous max indicator', pooling.dropIndicator, nothing],
  ['wrong cell', pooling.otherCell, pooling.otherCell],
  ['mean for sum', means.toSum, means.toMean],
  ['sum for mean', means.toMean, means.toSum],
  ['missing mean factor', pooling.addMeanFactor, pooling.dropMeanFactor],
  ['superfluous mean factor', pooling.dropMeanFactor, nothing],
  ['sign', terms.flip, terms.flip],
  ['operands swapped', matrices.exchangeNames, nothing],
  ['factor', terms.refactored, terms.spoil],
  ['missing sum over paths', terms.missingSum, terms.dropSum],
  ['superfluous sum', terms.dropSum, nothing],
  ['channels swapped', indices.swapChannels, indices.swapChannels],
  ['correlation for convolution', indices.slideTurned, nothing],
  ['convolution for correlation', indices.slideStraight, nothing],
  ['missing square', squares.missing, squares.superfluous],
  ['superfluous square', squares.superfluous, nothing],
  ['missing stride dilation', indices.dilate, indices.undilate],
  ['superfluous stride dilation', indices.undilate, nothing],
  ['padding off', offsets.padding, offsets.repadded],
  ['index off by one', offsets.one, offsets.byOne],
  ['superfluous border guard', guards.dropGuard, guards.addGuard],
  ['wrong border guard', guards.moveGuard, guards.moveGuard],
  ['superfluous upsample', pooling.downsample, nothing],
  ['missing Kronecker delta', guards.addDelta, guards.dropDelta],
  ['wrong layer tag', layers.retagged, layers.retag],
  ['factor', factors.roots, nothing],
  ['factor', factors.exponents, nothing],
  ['factor', factors.extra, nothing],
  ['factor', factors.lost, nothing],
  ['wrong array', otherArray, strayArray],
  ['inverted derivative', layers.invert, layers.invert],
  ['missing term', addTerm, terms.dropTerm],
  ['missing assumption', assume, nothing],
]

export const edits: readonly Edit[] = rows.map(([name, repair, mistake]) => ({
  name,
  repair,
  mistake,
}))

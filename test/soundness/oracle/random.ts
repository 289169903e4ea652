// Random numbers by a seed, so that whatever is drawn can be drawn again.
export {
  type Random,
  seededRandom,
} from '../../../packages/verify/src/index-terms/fixtures/random.fixture.ts'

// Each true formula of lecturers is proved, or agrees where that is said; false ones are refuted.
import { checkLectures } from './lecture.fixture.ts'
import { lectures } from './lectures.fixture.ts'

checkLectures(lectures)

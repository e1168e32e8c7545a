import type { Result } from '../result.ts'
import type { Downloading, FacedSubject, ResultStage, Stage } from './state.ts'

const asItIs: Downloading = { size: null, format: 'png', busy: false, failed: false }

/** A result as it is first shown, over a stage whose viewer goes on showing it where it has one. */
export function resultStage(subject: FacedSubject, result: Result, before: Stage): ResultStage {
  return {
    name: 'result',
    subject: { ...subject, shown: result },
    result,
    comparing: null,
    view: before.name === 'refining' || before.name === 'result' ? before.view : null,
    evidence: false,
    hairMenu: false,
    dialog: null,
    downloading: asItIs,
  }
}

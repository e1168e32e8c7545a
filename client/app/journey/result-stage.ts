import type { Result } from '../result.ts'
import type { Downloading, FacedSubject, ResultStage, Stage } from './state.ts'

const asItIs: Downloading = { size: null, format: 'png', busy: false, failed: false }

/** Is nothing laid over the head or opened beside it, and nobody turning it? */
export function isAtRest({
  dialog,
  hairMenu,
  comparing,
  evidence,
  held,
  puppet,
  downloading,
}: ResultStage): boolean {
  return !dialog && !hairMenu && !comparing && !evidence && !held && !puppet && !downloading.busy
}

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
    held: false,
    puppet: null,
    dialog: null,
    downloading: asItIs,
  }
}

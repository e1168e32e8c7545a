import type { State } from '../journey/state.ts'
import { subjectAt } from '../journey/subject.ts'
import type { Result } from '../result.ts'
import type { News, Progress } from './protocol.ts'

/**
 * Watches the app's state, and tells the host page what has changed of what concerns it.
 *
 * @returns to be called after every change of `state`
 */
export function observer(state: State, tell: (news: News) => void): () => void {
  let progress = JSON.stringify(progressOf(state))
  let before = heard(state)
  return () => {
    const now = progressOf(state)
    if (JSON.stringify(now) !== progress) tell({ type: 'progress', ...now })
    progress = JSON.stringify(now)
    const { stage, error, result } = heard(state)
    if (error && error !== before.error) {
      tell({ type: 'error', code: before.stage === 'refining' ? 'refinement' : 'photo', message: error })
    }
    if (result && result !== before.result) tellResult(result, tell)
    before = { stage, error, result }
  }
}

export function progressOf({ stage, work, transfer }: State): Progress {
  const run = stage.name === 'refining' ? stage.run : null
  const arrived = transfer && transfer.loaded / transfer.total
  return {
    stage: stage.name,
    fraction: run?.progress?.fraction ?? arrived ?? work?.fraction ?? null,
    secondsLeft: run?.secondsLeft ?? null,
  }
}

/** What the host page hears of where it changes. */
function heard({ stage, error }: State) {
  return { stage: stage.name, error: error?.words ?? null, result: subjectAt(stage)?.shown ?? null }
}

async function tellResult({ files }: Result, tell: (news: News) => void): Promise<void> {
  const record = JSON.parse(await files.record.text())
  tell({ type: 'result', glb: files.glb, texture: files.png, record })
}

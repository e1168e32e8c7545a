import type { State } from '../state.ts'
import type { News, Progress } from './protocol.ts'

/**
 * Watches the app's state, and tells the host page what has changed of what concerns it.
 *
 * @returns to be called with the state after every change
 */
export function observer(tell: (news: News) => void): (state: State) => void {
  let progress = JSON.stringify({ stage: 'photo', fraction: null, secondsLeft: null } satisfies Progress)
  let before: Pick<State, 'stage' | 'error' | 'result'> = { stage: 'photo', error: null, result: null }
  return (state) => {
    const { stage, error, result } = state
    const now = progressOf(state)
    if (JSON.stringify(now) !== progress) tell({ type: 'progress', ...now })
    progress = JSON.stringify(now)
    if (error && error !== before.error) {
      tell({ type: 'error', code: before.stage === 'refining' ? 'refinement' : 'photo', message: error })
    }
    if (result && result !== before.result) tellResult(result, tell)
    before = { stage, error, result }
  }
}

export function progressOf({ stage, run, work, transfer }: State): Progress {
  const arrived = transfer && transfer.loaded / transfer.total
  return {
    stage,
    fraction: run?.progress?.fraction ?? arrived ?? work?.fraction ?? null,
    secondsLeft: run?.secondsLeft ?? null,
  }
}

async function tellResult(
  { files }: NonNullable<State['result']>,
  tell: (news: News) => void,
): Promise<void> {
  const record = JSON.parse(await files.record.text())
  tell({ type: 'result', glb: files.glb, texture: files.png, record })
}

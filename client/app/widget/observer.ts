import { makeHead } from '../download.ts'
import type { State } from '../journey/state.ts'
import { subjectAt } from '../journey/subject.ts'
import { type Result, recordOf, showsHead } from '../result.ts'
import type { News, Progress } from './protocol.ts'

/**
 * Watches the app's state, and tells the host page what has changed of what concerns it.
 *
 * @param headFiles makes the files of a result's head
 * @returns to be called after every change of `state`
 */
export function observer(state: State, tell: (news: News) => void, headFiles = makeHead): () => void {
  let progress = JSON.stringify(progressOf(state))
  let before = heard(state)
  let telling = 0
  const tellResult = async (result: Result) => {
    const turn = ++telling
    const { glb, png: texture } = result.files
    const record = JSON.parse(await recordOf(result).text())
    const made = showsHead(result) ? await headFiles(result).catch(() => null) : null
    // What was chosen meanwhile is told instead.
    if (turn !== telling) return
    tell({ type: 'result', glb, texture, head: made?.glb ?? null, headTexture: made?.png ?? null, record })
  }
  return () => {
    const progressNow = progressOf(state)
    if (JSON.stringify(progressNow) !== progress) tell({ type: 'progress', ...progressNow })
    progress = JSON.stringify(progressNow)
    const now = heard(state)
    const { error, result, head } = now
    if (error && error !== before.error) {
      tell({ type: 'error', code: before.stage === 'refining' ? 'refinement' : 'photo', message: error })
    }
    if (result && (result !== before.result || head !== before.head)) void tellResult(result)
    before = now
  }
}

export function progressOf({ stage, work, transfer }: State): Progress {
  const run = stage.name === 'refining' ? stage.run : null
  const arrived = transfer?.share ?? null
  return {
    stage: stage.name,
    fraction: run?.progress?.fraction ?? arrived ?? work?.fraction ?? null,
    secondsLeft: run?.secondsLeft ?? null,
  }
}

/** What the host page hears of where it changes. A result is none before it is known whether it gets a head. */
function heard({ stage, error, cover }: State) {
  const shown = subjectAt(stage)?.shown
  const result = shown && (shown.cover || cover === 'face') ? shown : null
  return {
    stage: stage.name,
    error: error?.words ?? null,
    result,
    head: result && showsHead(result) ? result.head : null,
  }
}

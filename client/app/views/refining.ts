import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import { presetChoices } from '../state.ts'
import { duration, lossWords, progressWords } from '../words.ts'
import { bar, details } from './parts.ts'

export function refiningPanel(journey: Journey): TemplateResult {
  const { work, run } = journey.state
  const progress = run?.progress ?? null
  const words = work ? `${work.words} …` : progress ? progressWords(progress) : 'Getting ready …'
  return html`
    <h1>${run?.paused ? 'Paused' : 'Refining'}</h1>
    <p class="progress-words">${run?.paused && progress ? `${progressWords(progress).replace(/, [^,]*left$/, '')}` : words}</p>
    ${work || !progress ? nothing : bar(progress.fraction)}
    <p class="unseen" role="status">${announced(journey)}</p>
    <div class="actions">
      <button type="button" class="button" @click=${() => (run?.paused ? journey.resume() : journey.pause())}>
        ${run?.paused ? 'Resume' : 'Pause'}
      </button>
      <button type="button" class="button" @click=${() => journey.cancel()}>Cancel</button>
    </div>
    ${runDetails(journey)}
  `
}

/** Read out at each new scale, not at every step. */
function announced({ state: { run } }: Journey): string {
  if (!run?.progress) return 'Getting ready'
  const { round, rounds, scaleIndex, scales } = run.progress
  return `Round ${round + 1} of ${rounds}, scale ${scaleIndex + 1} of ${scales}`
}

function runDetails({ state }: Journey): TemplateResult {
  const { run, preset, size, seed } = state
  const losses = Object.entries(run?.progress?.losses ?? {}) as [keyof typeof lossWords, number][]
  return details([
    ['Runs on', run?.reason],
    ['Preset', `${presetChoices.find(({ name }) => name === preset)!.title} (${preset}), ${size} px`],
    ['Seed', seed],
    ['Elapsed', run?.progress ? duration(run.progress.secondsElapsed) : null],
    ...losses.map(([name, value]): [string, string] => [lossWords[name], value.toPrecision(4)]),
  ])
}

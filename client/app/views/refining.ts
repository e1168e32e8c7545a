import { html, nothing, type TemplateResult } from 'lit-html'
import type { Journey } from '../journey.ts'
import { texts } from '../texts/index.ts'
import { bar, details, seconds, underWay } from './parts.ts'

export function refiningPanel(journey: Journey): TemplateResult {
  const { state } = journey
  const { work, run } = state
  const progress = run?.progress ?? null
  const { refining, work: at } = texts()
  const paused = run?.paused ?? false
  const doing = state.doing ? at[state.doing] : progress ? undefined : at.ready
  const line = html`${refining.line(run ?? { secondsLeft: null, late: false }, doing)}${seconds(state.elapsed)}`
  const words = state.work || state.transfer ? underWay(state) : line
  return html`
    <h1>${paused ? refining.paused : refining.heading}</h1>
    <p class="progress-words">${paused && progress ? refining.step(progress) : words}</p>
    ${work || !progress ? nothing : bar(progress.fraction)}
    <p class="unseen" role="status">${progress ? refining.announced(progress) : at.ready}</p>
    <div class="actions">
      <button type="button" class="button" @click=${() => (paused ? journey.resume() : journey.pause())}>
        ${paused ? refining.resume : refining.pause}
      </button>
      <button type="button" class="button" @click=${() => journey.cancel()}>${refining.cancel}</button>
    </div>
    ${runDetails(journey)}
  `
}

function runDetails({ state }: Journey): TemplateResult {
  const { run, preset, size, seed } = state
  const { refining, presets, losses: names, figures } = texts()
  const progress = run?.progress
  const losses = Object.entries(progress?.losses ?? {}) as [keyof typeof names, number][]
  return details([
    [refining.now, progress && refining.step(progress)],
    [refining.runsOn, run?.runsOn && texts().runsOn(run.runsOn)],
    [refining.preset, `${presets[preset]}, ${figures.pixels(size)}`],
    [refining.seed, seed],
    [refining.elapsed, progress && figures.duration(progress.secondsElapsed)],
    ...losses.map(([name, value]): [string, string] => [names[name], figures.significant(value)]),
  ])
}

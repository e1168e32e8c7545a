import { html, nothing, type TemplateResult } from 'lit-html'
import type { Choices } from '../choices.ts'
import type { Refining } from '../journey/refining.ts'
import type { Run, State, UnderWay } from '../journey/state.ts'
import { texts } from '../texts/index.ts'
import { bar, details, seconds, underWay } from './parts.ts'

export function refiningPanel(
  run: Run,
  state: Pick<State, 'choices'> & UnderWay,
  actions: Refining,
): TemplateResult {
  const { work } = state
  const { paused, progress } = run
  const { refining, work: at } = texts()
  const doing = state.doing ? at[state.doing] : progress ? undefined : at.ready
  const line = html`${refining.line(run, doing)}${seconds(state.elapsed)}`
  const words = work || state.transfer ? underWay(state) : line
  return html`
    <h1>${paused ? refining.paused : refining.heading}</h1>
    <p class="progress-words">${paused && progress ? refining.step(progress) : words}</p>
    ${work || !progress ? nothing : bar(progress.fraction)}
    <p class="unseen" role="status">${progress ? refining.announced(progress) : at.ready}</p>
    <div class="actions">
      <button type="button" class="button" @click=${() => (paused ? actions.resume() : actions.pause())}>
        ${paused ? refining.resume : refining.pause}
      </button>
      <button type="button" class="button" @click=${() => actions.cancel()}>${refining.cancel}</button>
    </div>
    ${runDetails(run, state.choices)}
  `
}

function runDetails({ progress, runsOn }: Run, { preset, size, seed }: Choices): TemplateResult {
  const { refining, presets, losses: names, figures } = texts()
  const losses = Object.entries(progress?.losses ?? {}) as [keyof typeof names, number][]
  return details([
    [refining.now, progress && refining.step(progress)],
    [refining.runsOn, runsOn && texts().runsOn(runsOn)],
    [refining.preset, `${presets[preset]}, ${figures.pixels(size)}`],
    [refining.seed, seed],
    [refining.elapsed, progress && figures.duration(progress.secondsElapsed)],
    ...losses.map(([name, value]): [string, string] => [names[name], figures.significant(value)]),
  ])
}

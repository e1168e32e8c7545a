import { html, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import type { Settings } from '../journey/settings.ts'
import { type Shortcut, shortcutKeys } from '../shortcut-keys.ts'
import { texts } from '../texts/index.ts'
import { dialog } from './dialog.ts'
import { isChecked } from './parts.ts'

/** Which keys do what, and a switch for who does not want single keys to do anything (as speech input). */
export function shortcutSheet(on: boolean, settings: Settings): TemplateResult {
  const words = texts().shortcuts
  const isMac = /Mac|iP/.test(navigator.platform)
  const control = isMac ? '⌘' : texts().undo.control
  const rows = [
    ...(Object.entries(shortcutKeys) as [Shortcut, string][]).map(([name, keys]) => [keys, words.does[name]]),
    ['← → ↑ ↓', words.turn],
    ['+ − 0', words.zoom],
    [`${control} Z`, texts().undo.undo],
    [isMac ? `⇧ ${control} Z` : `${control} ⇧ Z`, texts().undo.redo],
  ]
  const content = html`
    <dl class="shortcuts">
      ${rows.map(
        ([keys, does]) => html`
          <div><dt>${keys.split(' ').map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>
        `,
      )}
    </dl>
    <label class="switch">
      <span>${words.on}</span>
      <input
        type="checkbox"
        role="switch"
        .checked=${live(on)}
        @change=${(event: Event) => settings.allowShortcuts(isChecked(event))}
      />
    </label>
  `
  return dialog(words.heading, content, () => settings.showShortcuts(false))
}

import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import icon from '../icon.svg?no-inline'
import type { Settings } from '../journey/settings.ts'
import type { TopBar } from '../journey/state.ts'
import { languages, texts } from '../texts/index.ts'
import { textOf } from './parts.ts'

/**
 * The way home, and what can be set anywhere.
 *
 * @param isBusy is the way home closed?
 * @param toShelf null: there is nothing on it
 */
export function top(
  { isBusy, language, nextLanguage, motion, leaving }: TopBar & { isBusy: boolean },
  settings: Settings,
  startOver: () => void,
  toShelf: (() => void) | null,
): TemplateResult {
  const words = texts().page
  return html`
    <header class="top">
      <button type="button" class="home" @click=${startOver} ?disabled=${isBusy}>
        <img src=${icon} alt="" width="24" height="24" />FaceRefiner
      </button>
      <p class="motto">${words.motto}</p>
      <nav>
        ${toShelf ? html`<button type="button" class="plain to-shelf" ?disabled=${isBusy} @click=${toShelf}>${texts().shelf.heading}</button>` : nothing}
        <button
          type="button"
          class="plain keys"
          aria-label=${texts().shortcuts.heading}
          title=${texts().shortcuts.heading}
          @click=${() => settings.showShortcuts(true)}
        >
          ?
        </button>
        <button
          type="button"
          class="plain motion"
          aria-label=${motion ? words.motionOn : words.motionOff}
          title=${motion ? words.motionOn : words.motionOff}
          @click=${() => settings.allowMotion(!motion)}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d=${motion ? 'M7 5v10M13 5v10' : 'M7 4.5v11l9-5.5z'} />
          </svg>
        </button>
        <label class="plain language" aria-busy=${nextLanguage !== null}>
          <span class="unseen">${words.language}</span>
          <select @change=${(event: Event) => settings.chooseLanguage(textOf(event))}>
            ${Object.entries(languages).map(
              ([tag, name]) =>
                html`<option value=${tag} lang=${tag} .selected=${live(tag === (nextLanguage ?? language))}>${name}</option>`,
            )}
          </select>
        </label>
        <a class="plain gallery" aria-busy=${leaving} href="/gallery?lang=${language}" @click=${(event: MouseEvent) => leave(settings, event)}>
          ${words.gallery}
        </a>
      </nav>
    </header>
  `
}

/** A click that opens another tab leaves this page as it is. */
function leave(settings: Settings, { ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  if (!ctrlKey && !metaKey && !shiftKey && window.top === window) settings.leave(true)
}

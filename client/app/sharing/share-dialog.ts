import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { ref } from 'lit-html/directives/ref.js'
import { unsafeSVG } from 'lit-html/directives/unsafe-svg.js'
import { texts } from '../texts/index.ts'
import { dialog } from '../views/dialog.ts'
import { bar, isChecked, seconds, textOf } from '../views/parts.ts'
import type { Offered, Sharing } from './sharing.ts'

/**
 * From what would be uploaded to the link, and to its deletion.
 *
 * @param coming what is still being made of the result, in words; null: nothing
 */
export function shareDialog(sharing: Sharing, coming: string | null, closed: () => void): TemplateResult {
  const words = texts().share
  return dialog(
    sharing.link && sharing.step !== 'removed' ? words.done : words.heading,
    html`
      <div role="alert" ${ref(sharing.shownIn)}>${sharing.error ? html`<p class="message error">${sharing.error}</p>` : nothing}</div>
      ${coming && sharing.step === 'consent' ? html`<p role="status">${coming}</p>${bar(null)}` : content(sharing)}
    `,
    closed,
  )
}

function content(sharing: Sharing): TemplateResult {
  const words = texts().share
  const { elapsed } = sharing
  switch (sharing.step) {
    case 'preparing':
      return html`<p role="status">${texts().work.ready} …${seconds(elapsed)}</p>${bar(null)}`
    case 'consent':
      return consent(sharing)
    case 'sending':
      return html`
        <p role="status">
          ${sharing.fraction < 1 ? words.sending(sharing.fraction) : `${words.checking} …`}${seconds(elapsed)}
        </p>
        ${bar(sharing.fraction < 1 ? sharing.fraction : null)}
        <div class="actions">
          <button type="button" class="button" @click=${() => sharing.stop()}>${texts().refining.cancel}</button>
        </div>
      `
    case 'removed':
      return html`<p role="status">${words.removed}</p>`
    default:
      return shared(sharing)
  }
}

function photoTick(sharing: Sharing): TemplateResult {
  const words = texts().share
  return html`
    <label class="tick">
      <input type="checkbox" .checked=${live(sharing.withPhoto)} @change=${(event: Event) => sharing.tickPhoto(isChecked(event))} />
      <span>${words.withPhoto}<small>${words.withPhotoWords}</small></span>
    </label>
  `
}

/** Everything that would leave the device, and the choices that go with it. */
function consent(sharing: Sharing): TemplateResult {
  const words = texts().share
  return html`
    <p>${words.lead}</p>
    <ul class="offered">${sharing.sent.map(offeredFile)}</ul>
    ${sharing.hasPhoto ? photoTick(sharing) : nothing}
    <label class="field">
      <span>${words.title} <small>(${words.optional})</small></span>
      <input
        type="text"
        maxlength="80"
        autocomplete="off"
        .value=${sharing.title}
        @input=${(event: Event) => sharing.set({ title: textOf(event) })}
      />
    </label>
    <fieldset class="visibility">
      <legend>${words.visibility}</legend>
      ${(['unlisted', 'listed'] as const).map(
        (visibility) => html`
          <label>
            <input
              type="radio"
              name="visibility"
              .checked=${live(sharing.visibility === visibility)}
              @change=${() => sharing.set({ visibility })}
            />${words[visibility]}
          </label>
        `,
      )}
    </fieldset>
    <label class="tick">
      <input type="checkbox" .checked=${live(sharing.agreed)} @change=${(event: Event) => sharing.set({ agreed: isChecked(event) })} />
      <span>${words.rights}<small>${words.until}</small></span>
    </label>
    <div class="actions">
      <button type="button" class="button primary" ?disabled=${!sharing.agreed} @click=${() => sharing.send()}>
        ${words.upload}
      </button>
    </div>
  `
}

function offeredFile({ name, bytes, url }: Offered): TemplateResult {
  const words = texts().share.files[name]
  return html`
    <li>
      ${url ? html`<a href=${url} target="_blank"><img src=${url} alt=${words} /></a>` : html`<span class="no-picture" aria-hidden="true">${name.split('.')[1].toUpperCase()}</span>`}
      <span>${words}<small>${name}, ${texts().figures.size(bytes.length)}</small></span>
    </li>
  `
}

function shared(sharing: Sharing): TemplateResult {
  const words = texts().share
  const link = sharing.link!
  const removing = sharing.step === 'removing'
  return html`
    <div class="shared">
      <div>
        <input class="link" readonly aria-label=${words.link} .value=${link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
        <div class="actions">
          <button type="button" class="button primary" @click=${() => sharing.copy()}>${sharing.copied ? words.copied : words.copy}</button>
          <a class="button" href=${sharing.isKept ? link : sharing.ownersLink!} target="_blank">${words.open}</a>
        </div>
        <p><small>${sharing.isKept ? words.until : words.notKept}</small></p>
        <button type="button" class="plain" ?disabled=${removing} @click=${() => sharing.remove()}>
          ${removing ? `${words.removing} …` : words.remove}
        </button>
      </div>
      ${
        sharing.qr
          ? html`<figure class="qr" role="img" aria-label=${words.qr(link)}>${unsafeSVG(sharing.qr)}<figcaption>${words.qrWords}</figcaption></figure>`
          : nothing
      }
    </div>
  `
}

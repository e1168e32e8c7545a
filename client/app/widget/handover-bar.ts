import { html, type TemplateResult } from 'lit-html'
import type { Language } from '../texts/index.ts'
import type { Handover } from './handover.ts'
import { handoverTexts } from './handover-texts.ts'

/** Stands below the app at all times. @param site whose page gets what is made, e.g. `shop.example` */
export function handoverBar(handover: Handover, site: string, language: Language): TemplateResult {
  const words = handoverTexts[language]
  const { handing } = handover
  const button = (text: string, agreed: boolean) => html`
    <button type="button" class="button small" @click=${() => handover.answer(agreed)}>${text}</button>
  `
  return html`
    <p role="status">${words[handing](site)} ${words.photo}</p>
    ${handing === 'asked' || handing === 'declined' ? button(words.agree, true) : ''}
    ${handing === 'asked' || handing === 'agreed' ? button(words.decline, false) : ''}
  `
}

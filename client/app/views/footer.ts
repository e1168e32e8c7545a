import { html, type TemplateResult } from 'lit-html'
import { type Language, texts } from '../texts/index.ts'

/** Where to read on. The pages that the worker writes have the same (worker/pages/site-footer.tsx). */
export function footer(language: Language): TemplateResult {
  const { about, how, api, licences } = texts().footer
  return html`
    <footer class="about">
      <nav aria-label=${about}>
        <a href="/how?lang=${language}">${how}</a>
        <a href="/docs">${api}</a>
        <a href="/licences.txt">${licences}</a>
      </nav>
    </footer>
  `
}

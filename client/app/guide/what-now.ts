import { html, nothing, render, type TemplateResult } from 'lit-html'
import type { Language } from '../texts/index.ts'
import { type GuideTexts, guideTexts } from './guide-texts.ts'
import { type ProgramName, programNames, programs } from './programs.ts'

/**
 * `<what-now file="head" lang="en">`: what to do with a downloaded 3D file, by program. It is an element so that its texts can load
 * when there is a result, and what is unfolded stays so while the page around it is drawn.
 */
export class WhatNow extends HTMLElement {
  static observedAttributes = ['file', 'lang']
  #copied: ProgramName | null = null

  connectedCallback() {
    this.#draw()
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw()
  }

  #draw() {
    const words = guideTexts[this.lang as Language]
    const file = this.getAttribute('file')!
    render(
      html`
        <details class="details">
          <summary>${words.heading}</summary>
          <p>${words.lead}</p>
          ${programNames.map((name) => this.#program(name, file, words))}
        </details>
      `,
      this,
    )
  }

  #program(name: ProgramName, file: string, words: GuideTexts): TemplateResult {
    const { title, tried, snippet } = programs[name]
    return html`
      <details class="program">
        <summary>${name === 'phone' ? words.phone : title}</summary>
        <ol>${words.steps(file)[name].map((step) => html`<li>${step}</li>`)}</ol>
        ${snippet ? this.#code(name, snippet(file), words) : nothing}
        <p class="tried">${tried ? words.tried(tried) : words.notTried}</p>
      </details>
    `
  }

  #code(name: ProgramName, code: string, words: GuideTexts): TemplateResult {
    return html`
      <pre tabindex="0"><code>${code}</code></pre>
      <button type="button" class="button small" @click=${() => this.#copy(name, code)}>
        ${this.#copied === name ? words.copied : words.copy}
      </button>
    `
  }

  async #copy(name: ProgramName, code: string) {
    // Where the browser forbids it the code can still be selected.
    const copied = await navigator.clipboard.writeText(code).then(
      () => true,
      () => false,
    )
    this.#copied = copied ? name : null
    this.#draw()
  }
}

customElements.define('what-now', WhatNow)

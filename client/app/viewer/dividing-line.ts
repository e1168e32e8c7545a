/**
 * `<dividing-line>`: between two pictures of its parent that lie one over the other. Where it stands is the parent's `--at`,
 * from the left; a slider moves it, by hand or by keys.
 */
export class DividingLine extends HTMLElement {
  #line = document.createElement('span')
  #slider = document.createElement('input')

  connectedCallback() {
    this.#line.className = 'line'
    Object.assign(this.#slider, { type: 'range', min: '0', max: '100', step: '0.5', value: '50' })
    this.#slider.addEventListener('input', () => this.#place())
    this.replaceChildren(this.#line, this.#slider)
    this.#place()
  }

  /** What its slider is called. */
  set label(label: string) {
    this.#slider.ariaLabel = label
  }

  #place() {
    this.parentElement!.style.setProperty('--at', `${this.#slider.value}%`)
  }
}

customElements.define('dividing-line', DividingLine)

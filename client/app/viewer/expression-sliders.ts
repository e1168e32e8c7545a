import '../styles/expression-sliders.css'
import { type ExpressionName, type ExpressionWeights, expressionNames } from '../../head/expressions/names.ts'
import { type ExpressionGroup, expressionGroups } from './expression-groups.ts'

/** What the sliders are called, in the page's language. */
export interface SliderTexts {
  groups: Record<ExpressionGroup, string>
  /** The choice of one expression among all, by the name that programs know it by. */
  single: string
  /** How strong that one is. */
  strength: string
  reset: string
}

const groupNames = Object.keys(expressionGroups) as ExpressionGroup[]

/**
 * `<expression-sliders>`: a slider for each of the expressions that people make most, one for any single one of all, and a
 * button that puts the face at rest. They stand on `weights`, and are moved by whoever sets them.
 *
 * Event: `express` (detail: ExpressionWeights, the strength of each that is not 0) where somebody moves one.
 */
export class ExpressionSliders extends HTMLElement {
  #groups = Object.fromEntries(groupNames.map((group) => [group, new Slider()])) as Record<
    ExpressionGroup,
    Slider
  >
  #choice = document.createElement('select')
  #choiceName = document.createElement('span')
  #single = new Slider()
  #reset = document.createElement('button')
  #weights: ExpressionWeights = {}

  constructor() {
    super()
    for (const group of groupNames)
      this.#groups[group].onMove = (weight) => this.#move(expressionGroups[group], weight)
    this.#single.onMove = (weight) => this.#move([this.#chosen], weight)
    this.#choice.replaceChildren(...expressionNames.map((name) => new Option(name)))
    this.#choice.addEventListener('change', () => this.#show())
    this.#reset.type = 'button'
    this.#reset.className = 'button small'
    this.#reset.addEventListener('click', () => this.#express({}))
  }

  connectedCallback() {
    const choice = document.createElement('label')
    choice.replaceChildren(this.#choiceName, this.#choice)
    const single = document.createElement('div')
    single.replaceChildren(choice, this.#single.label)
    const groups = groupNames.map((group) => this.#groups[group].label)
    this.replaceChildren(...groups, single, this.#reset)
  }

  /** Set again where the page's language changes. */
  set texts({ groups, single, strength, reset }: SliderTexts) {
    for (const group of groupNames) this.#groups[group].words = groups[group]
    this.#choiceName.textContent = single
    this.#single.words = strength
    this.#reset.textContent = reset
  }

  get weights(): ExpressionWeights {
    return this.#weights
  }

  set weights(weights: ExpressionWeights) {
    this.#weights = weights
    this.#show()
  }

  get #chosen() {
    return this.#choice.value as ExpressionName
  }

  #move(names: readonly ExpressionName[], weight: number) {
    const moved = Object.fromEntries(names.map((name) => [name, weight]))
    const all = Object.entries({ ...this.#weights, ...moved }).filter(([, weight]) => weight !== 0)
    this.#express(Object.fromEntries(all))
  }

  #express(weights: ExpressionWeights) {
    this.weights = weights
    this.dispatchEvent(new CustomEvent('express', { detail: weights }))
  }

  /** A group is as strong as its strongest. */
  #show() {
    const strongest = (names: readonly ExpressionName[]) =>
      Math.max(...names.map((name) => this.#weights[name] ?? 0))
    for (const group of groupNames) this.#groups[group].weight = strongest(expressionGroups[group])
    this.#single.weight = strongest([this.#chosen])
  }
}

/** From 0 to 1, in hundredths. */
class Slider {
  readonly label = document.createElement('label')
  readonly #words = document.createElement('span')
  readonly #input = document.createElement('input')
  onMove: (weight: number) => void = () => {}

  constructor() {
    Object.assign(this.#input, { type: 'range', min: '0', max: '100', value: '0' })
    this.#input.addEventListener('input', () => this.onMove(this.#input.valueAsNumber / 100))
    this.label.replaceChildren(this.#words, this.#input)
  }

  set words(words: string) {
    this.#words.textContent = words
  }

  set weight(weight: number) {
    const value = String(Math.round(100 * weight))
    if (value !== this.#input.value) this.#input.value = value
  }
}

customElements.define('expression-sliders', ExpressionSliders)

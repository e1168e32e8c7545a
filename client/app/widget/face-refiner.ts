import { restExpressions } from '../../head/expressions/rest-expressions.ts'
import { adoptProperties, choiceOf } from './attributes.ts'
import { Connection } from './connection.ts'
import { cross, make, message, usedTheme, whenNear } from './elements.ts'
import css from './face-refiner.css?inline'
import type {
  Consent,
  Cover,
  Expression,
  FaceRefinerElement,
  FaceRefinerEventMap,
  Hair,
  Mode,
  Preset,
  TextureSize,
  Theme,
} from './package/widget.d.ts'
import { consents, covers, hairs, isWeight, type News, presets, type Settings, sizes } from './protocol.ts'
import { textsOf } from './texts.ts'

/** What a change of needs another frame, and what the frame is told. */
const startingAttributes = ['site-key', 'service', 'mode']
const settingAttributes = [
  ...['preset', 'size', 'cover', 'hair', 'bust', 'expression'],
  ...['theme', 'language', 'share', 'puppet', 'consent'],
]

/** Where this very script came from. */
const ownService = new URL(import.meta.url).origin

/** Pages may follow it. */
const darkDevice = matchMedia('(prefers-color-scheme: dark)')

/** A style sheet that is made by a script is allowed by every content security policy. */
let styleSheet: CSSStyleSheet | undefined

/** The element of the host page, documented in package/widget.d.ts. */
export class FaceRefiner extends HTMLElement implements FaceRefinerElement {
  static readonly observedAttributes = [...startingAttributes, ...settingAttributes]
  readonly #root = this.attachShadow({ mode: 'open' })
  #dialog: HTMLDialogElement | null = null
  /** Where the frame stands. */
  #place: HTMLElement | null = null
  #connection: Connection | null = null
  #approach: IntersectionObserver | null = null
  /** What its head was told to do. */
  #weights: Record<string, number> | null = null

  get siteKey() {
    return this.getAttribute('site-key') ?? ''
  }
  set siteKey(value: string) {
    this.setAttribute('site-key', value)
  }

  get service() {
    return this.getAttribute('service') || ownService
  }
  set service(value: string) {
    this.setAttribute('service', value)
  }

  get mode() {
    return choiceOf(this, 'mode', ['button', 'inline'])
  }
  set mode(value: Mode) {
    this.setAttribute('mode', value)
  }

  get preset() {
    return choiceOf(this, 'preset', presets)
  }
  set preset(value: Preset) {
    this.setAttribute('preset', value)
  }

  get size(): TextureSize | null {
    const text = choiceOf(this, 'size', ['', ...sizes.map(String)])
    return text ? (Number(text) as TextureSize) : null
  }
  set size(value: TextureSize | null) {
    if (value === null) this.removeAttribute('size')
    else this.setAttribute('size', String(value))
  }

  get cover() {
    return choiceOf(this, 'cover', covers)
  }
  set cover(value: Cover) {
    this.setAttribute('cover', value)
  }

  get hair() {
    return choiceOf(this, 'hair', hairs)
  }
  set hair(value: Hair) {
    this.setAttribute('hair', value)
  }

  get bust() {
    return choiceOf(this, 'bust', ['on', 'off']) === 'on'
  }
  set bust(value: boolean) {
    this.setAttribute('bust', value ? 'on' : 'off')
  }

  get expression() {
    return choiceOf(this, 'expression', restExpressions)
  }
  set expression(value: Expression) {
    this.setAttribute('expression', value)
  }

  get theme() {
    return choiceOf(this, 'theme', ['auto', 'light', 'dark'])
  }
  set theme(value: Theme) {
    this.setAttribute('theme', value)
  }

  get language() {
    return this.getAttribute('language') || (this.closest<HTMLElement>('[lang]')?.lang ?? '')
  }
  set language(value: string) {
    this.setAttribute('language', value)
  }

  get share() {
    return choiceOf(this, 'share', ['on', 'off']) === 'on'
  }
  set share(value: boolean) {
    this.setAttribute('share', value ? 'on' : 'off')
  }

  get puppet() {
    return choiceOf(this, 'puppet', ['on', 'off']) === 'on'
  }
  set puppet(value: boolean) {
    this.setAttribute('puppet', value ? 'on' : 'off')
  }

  get consent() {
    return choiceOf(this, 'consent', consents)
  }
  set consent(value: Consent) {
    this.setAttribute('consent', value)
  }

  open(photo?: Blob): void {
    if (!this.isConnected) throw new Error('<face-refiner> is in no document: append it first.')
    if (this.#dialog && !this.#dialog.open) {
      this.#dialog.showModal()
      // Until the frame is there; nobody who presses a key too many should close what has just opened.
      this.#dialog.focus()
    }
    this.#start()
    this.#place?.querySelector<HTMLElement>('iframe:not(.starting)')?.focus()
    if (photo) this.#connection?.send({ type: 'photo', photo })
  }

  refine(): void {
    this.#start()
    this.#connection?.send({ type: 'refine' })
  }

  cancel(): void {
    this.#connection?.send({ type: 'cancel' })
  }

  express(weights: Record<string, number> | null): void {
    for (const name in weights) {
      if (isWeight(weights[name])) continue
      throw new RangeError(`The weight of ${name} is ${weights[name]}: give a number from 0 to 1.`)
    }
    // The page may change its own, and it may be a proxy, which cannot be sent.
    this.#weights = weights && { ...weights }
    this.#tellWeights()
  }

  close(): void {
    this.#dialog?.close()
  }

  connectedCallback(): void {
    adoptProperties(this, ['siteKey', 'service', 'mode', ...settingAttributes])
    this.#build()
    darkDevice.addEventListener('change', this.#tellSettings)
  }

  disconnectedCallback(): void {
    this.#stop()
    darkDevice.removeEventListener('change', this.#tellSettings)
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected || !this.#place) return
    if (startingAttributes.includes(name)) {
      this.#build()
    } else {
      if (name === 'language') this.#label()
      this.#tellSettings()
    }
  }

  /** The shadow tree of this mode, without a frame: an app that nobody opens is not loaded. */
  #build() {
    this.#stop()
    styleSheet ??= new CSSStyleSheet()
    styleSheet.replaceSync(css)
    this.#root.adoptedStyleSheets = [styleSheet]
    this.#place = make('div', { class: 'frame', part: 'frame' })
    this.#dialog = null
    if (this.mode === 'inline') {
      this.#root.replaceChildren(this.#place)
      this.#approach = whenNear(this, () => this.#start())
    } else {
      this.#root.replaceChildren(...this.#buttonAndDialog(this.#place))
    }
    this.#label()
  }

  #buttonAndDialog(place: HTMLElement): HTMLElement[] {
    const opener = { type: 'button', class: 'open', part: 'button', 'aria-haspopup': 'dialog' }
    const button = make('button', opener, make('slot'))
    button.addEventListener('click', () => this.open())
    const close = make('button', { type: 'button', class: 'close', part: 'close' }, cross())
    close.addEventListener('click', () => this.close())
    this.#dialog = make('dialog', { part: 'dialog', tabindex: '-1' }, close, place)
    this.#dialog.addEventListener('close', () => this.#tell('close'))
    // Beside it: on its backdrop.
    this.#dialog.addEventListener('click', ({ target }) => {
      if (target === this.#dialog) this.close()
    })
    return [button, this.#dialog]
  }

  #label() {
    const texts = textsOf(this.language)
    const slot = this.#root.querySelector('slot')
    if (slot) slot.textContent = texts.open
    this.#root.querySelector('.close')?.setAttribute('aria-label', texts.close)
    this.#dialog?.setAttribute('aria-label', texts.title)
  }

  /** Loads the app, where it is not there already. */
  #start() {
    if (this.#connection || !this.#place) return
    this.#approach?.disconnect()
    const texts = textsOf(this.language)
    const service = URL.canParse(this.service) ? new URL(this.service).origin : 'null'
    if (!this.siteKey) return this.#fail('missing-key', 'The element has no key: give it site-key="pk_..."')
    if (service === 'null') {
      return this.#fail('service', `service="${this.service}" is no origin, such as https://faces.example`)
    }
    const frame = make('iframe', {
      title: texts.title,
      class: 'starting',
      allow: `camera ${service}; clipboard-write ${service}; fullscreen ${service}`,
      referrerpolicy: 'no-referrer',
    })
    this.#place.replaceChildren(message('status', texts.loading), frame)
    this.#connection = new Connection(frame, {
      service,
      siteKey: this.siteKey,
      settings: () => this.#settings(),
      heard: (news) => this.#heard(news, frame),
      failed: (code, words) => this.#fail(code, words),
    })
  }

  #stop() {
    this.#approach?.disconnect()
    this.#connection?.end()
    this.#connection = null
    if (this.#dialog?.open) this.#dialog.close()
    this.#place?.replaceChildren()
  }

  #heard(news: News, frame: HTMLIFrameElement) {
    const { type, ...detail } = news
    if (type === 'close') {
      this.close()
    } else if (type === 'ready') {
      frame.classList.remove('starting')
      this.#place?.querySelector('.message')?.remove()
      if (this.#dialog && this.#root.activeElement === this.#dialog) frame.focus()
      if (this.#weights) this.#tellWeights()
      this.#tell('ready')
    } else {
      this.#tell(type, detail)
    }
  }

  /** Another try is made when it is opened again. */
  #fail(code: string, words: string) {
    this.#connection = null
    this.#place?.replaceChildren(message('alert', textsOf(this.language).failed, words))
    this.#tell('error', { code, message: words })
  }

  #tell(name: keyof FaceRefinerEventMap, detail?: unknown) {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }

  #settings(): Settings {
    const { preset, size, cover, hair, bust, expression, language, share, puppet, consent, mode } = this
    const theme = usedTheme(this.#place!)
    return { preset, size, cover, hair, bust, expression, theme, language, share, puppet, consent, mode }
  }

  #tellWeights() {
    this.#connection?.send({ type: 'express', weights: this.#weights })
  }

  #tellSettings = () => {
    this.#connection?.send({ type: 'settings', settings: this.#settings() })
  }
}

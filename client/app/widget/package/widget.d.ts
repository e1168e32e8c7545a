/** Time and quality: a small texture in less than a minute, or finer skin in some minutes at most. */
export type Preset = 'draft' | 'standard'

/** Side of the texture in texels. */
export type TextureSize = 256 | 512 | 1024

/** What a finished face is shown as: the whole head with hair, or the face alone. Visitors can change it. */
export type Cover = 'head' | 'face'

/**
 * Of a head. `auto`: what comes nearest to the photo's; `photo`: only what is painted on the head itself; `none`: a bare scalp; or
 * a style. Visitors can change it.
 */
export type Hair =
  | 'auto'
  | 'photo'
  | 'none'
  | 'afro01'
  | 'bob01'
  | 'bob02'
  | 'braid01'
  | 'long01'
  | 'ponytail01'
  | 'short01'
  | 'short02'
  | 'short03'
  | 'short04'

/** The face of a head at rest: as in the photo, or without the photo's smile, lips closed. Visitors can change it. */
export type Expression = 'photo' | 'neutral'

/**
 * `tell`: visitors read at all times that your site, which is named, gets what they make. `ask`: they are asked, and there is no
 * `result` before they agree.
 */
export type Consent = 'tell' | 'ask'

/** `auto` follows the page around it. */
export type Theme = 'auto' | 'light' | 'dark'

/** `button`: a button that opens the app in a dialog. `inline`: the app stands in the page. */
export type Mode = 'button' | 'inline'

export interface ProgressDetail {
  /** Where the visitor is. `found`: a photo was given, its face is looked for or was found. */
  stage: 'photo' | 'camera' | 'found' | 'refining' | 'result'
  /** 0..1; null where it is not known how far the work is. */
  fraction: number | null
  /** Estimated; null before the first step has run. */
  secondsLeft: number | null
}

export interface ResultDetail {
  /** The textured 3D face, model/gltf-binary. */
  glb: Blob
  /** Its texture alone, image/png. */
  texture: Blob
  /** The whole head with its hair, model/gltf-binary; null where the face alone is shown. It lies where the face lies. */
  head: Blob | null
  /** Its texture alone, image/png, twice as wide as high. */
  headTexture: Blob | null
  /** How it was made: settings, losses, timings. */
  record: Record<string, unknown>
}

export interface ErrorDetail {
  /**
   * For programs: `missing-key`, `unknown-key`, `refused` (the key is not bound to this page's origin), `host-policy`
   * (this page's content security policy), `timeout`, `version`, `busy`, `expression`, `photo`,
   * `refinement`, `declined` (the visitor keeps the result).
   */
  code: string
  /** For people: one or two sentences. */
  message: string
}

/** None of them bubbles. */
export interface FaceRefinerEventMap {
  /** The app is there and takes photos. */
  ready: CustomEvent<void>
  progress: CustomEvent<ProgressDetail>
  /**
   * It is done. Told again where the visitor then chooses other hair, shoulders or none, the head or the face alone. The blobs are the page's own:
   * they do not expire.
   */
  result: CustomEvent<ResultDetail>
  error: CustomEvent<ErrorDetail>
  /** The dialog was closed. What was under way goes on, and is there when it is opened again. */
  close: CustomEvent<void>
}

type Listener<Name extends keyof FaceRefinerEventMap> = (
  this: FaceRefinerElement,
  event: FaceRefinerEventMap[Name],
) => unknown

/**
 * `<face-refiner site-key="pk_...">`: a visitor's photo becomes a 3D head, on the visitor's own device. Each property
 * reflects the attribute of its name (`siteKey`: `site-key`).
 */
export interface FaceRefinerElement extends HTMLElement {
  /** The publishable key, bound to the origins of your pages. */
  siteKey: string
  /** Origin of the service. Default: where widget.js came from. */
  service: string
  /** Default: `button`. */
  mode: Mode
  /** Default: `draft`. */
  preset: Preset
  /** Default: what goes with the preset. */
  size: TextureSize | null
  /** Default: `head`. */
  cover: Cover
  /** Default: `auto`. */
  hair: Hair
  /** Shoulders under the neck of a head? Attribute: `on` (default) or `off`. Visitors can change it. */
  bust: boolean
  /** Default: `photo`. */
  expression: Expression
  /** Default: `auto`. */
  theme: Theme
  /** BCP 47, such as `de`. Default: the language of the page. */
  language: string
  /** May visitors publish their face? Attribute: `on` (default) or `off`. */
  share: boolean
  /** May visitors move their head with their webcam? Attribute: `on` (default) or `off`. No picture leaves their device. */
  puppet: boolean
  /** Default: `tell`. A page that asks goes on asking until the element is opened anew. */
  consent: Consent

  /**
   * Shows the app, with this photo in it where one is given (JPEG, PNG or WebP).
   *
   * @example
   * widget.open(input.files[0])
   * widget.refine()
   */
  open(photo?: Blob): void
  /** Starts as soon as a face is found. */
  refine(): void
  /** Ends a refinement; the photo stays. */
  cancel(): void
  /**
   * Drives the head that is shown, or will be: how strong each expression is, 0..1, by ARKit's names; what is left out is 0.
   * Call it for every frame, if you like: only the newest is drawn. `null` leaves the head to itself again. A name that heads do
   * not know is told as an `error`, and nothing changes; `tongueOut` and MediaPipe's `_neutral` are passed over.
   *
   * @throws RangeError for a weight that is no number from 0 to 1
   *
   * @example
   * widget.express({ mouthSmileLeft: 0.7, mouthSmileRight: 0.7, jawOpen: 0.2 })
   */
  express(weights: Record<string, number> | null): void
  /** Closes the dialog. */
  close(): void

  addEventListener<Name extends keyof FaceRefinerEventMap>(
    name: Name,
    listener: Listener<Name>,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void
  removeEventListener<Name extends keyof FaceRefinerEventMap>(
    name: Name,
    listener: Listener<Name>,
    options?: boolean | EventListenerOptions,
  ): void
  removeEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void
}

/** The element's class: `customElements.get('face-refiner')`. */
export declare const FaceRefiner: { new (): FaceRefinerElement; prototype: FaceRefinerElement }

declare global {
  interface HTMLElementTagNameMap {
    'face-refiner': FaceRefinerElement
  }
}

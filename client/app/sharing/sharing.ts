import type { Visibility } from '../../../worker/contract/contract.ts'
import type { Ownership, ShareParts } from '../../share/api.ts'
import { forgetOwner, keepOwner, ownersLink } from '../../share/ownership.ts'
import { makeHead } from '../download.ts'
import { type Result, recordOf, showsHead } from '../result.ts'
import { sentence } from '../sentences.ts'
import { Stopwatch } from '../stopwatch.ts'
import { drawn } from '../views/stage.ts'
import { photoJpeg, previewJpeg } from './preview.ts'
import type { UnseenUpload } from './unseen-upload.ts'

/** A file as it would be sent, with a picture of it where it is one. */
export interface Offered {
  name: keyof ShareParts
  bytes: Uint8Array<ArrayBuffer>
  /** Object URL of a picture. */
  url: string | null
}

/** Where a result was shared, and the means to delete it again. */
export interface Shared {
  link: string
  ownersLink: string
  ownership: Ownership
}

export type SharingStep = 'preparing' | 'consent' | 'sending' | 'done' | 'removing' | 'removed'

const pictures: Partial<Record<keyof ShareParts, string>> = {
  'preview.jpg': 'image/jpeg',
  'photo.jpg': 'image/jpeg',
  'texture.png': 'image/png',
  'sampled.png': 'image/png',
}

/** What talks to the service is loaded when somebody is about to share. */
const loadApi = () => import('../../share/api.ts')
const loadUnseen = () => import('./unseen-upload.ts')
const loadCheck = () => import('../../share/turnstile.ts')

/**
 * Sharing one result: what would be sent is made and shown, sent once its owner has agreed, and can be deleted again.
 * Nothing leaves the device before {@link send}, and nothing stays published whose link was not shown.
 */
export class Sharing {
  step: SharingStep = 'preparing'
  offered: Offered[] = []
  withPhoto = false
  title = ''
  visibility: Visibility = 'unlisted'
  /** Has the person said that they may share this face? */
  agreed = false
  /** Share of the bytes that have arrived, 0..1. */
  fraction = 0
  /** Address of the shared page, and the same for its owner alone. */
  link: string | null = null
  ownersLink: string | null = null
  /** SVG of the link's QR code. */
  qr: string | null = null
  /** Does this browser keep the means to delete it, where the shared page finds them? Not so in another site's frame. */
  isKept = false
  /** Was the link copied a moment ago? */
  copied = false
  error: string | null = null
  /** Seconds since what is under way began. */
  elapsed = 0
  #told: () => void
  #stopwatch = new Stopwatch((elapsed) => {
    this.elapsed = elapsed
    this.#told()
  })
  #key: string | undefined
  #photo: Blob | null
  #onShared: (shared: Shared | null) => void
  #ownership: Ownership | undefined
  /** An upload that was begun and whose link is not shown yet: another attempt goes on with it. */
  #unseen: UnseenUpload | undefined
  #stopping: AbortController | null = null
  /** null: it is not there yet. */
  #check: Awaited<ReturnType<typeof loadCheck>> | null = null

  /**
   * @param photo the original file, where it is at hand, sent in a smaller copy where its owner ticks it
   * @param key the widget's publishable key, where the page is a widget's
   * @param onShared told when it is shared, and with null when that is deleted
   */
  constructor(
    changed: () => void,
    result: Result,
    photo: Blob | null,
    key: string | undefined,
    onShared: (shared: Shared | null) => void,
  ) {
    this.#told = changed
    this.#photo = photo
    this.#key = key
    this.#onShared = onShared
    this.#begin(result)
    // Where the service does not answer now, sending says so.
    this.#getReady().catch(() => {})
  }

  async #getReady() {
    Promise.all([loadApi(), loadUnseen()]).catch(() => {})
    this.#check = await loadCheck()
    await this.#check.prepareHumanCheck()
  }

  set(change: Partial<Pick<Sharing, 'title' | 'visibility' | 'agreed'>>) {
    Object.assign(this, change)
    this.#changed()
  }

  /** Is the photo at hand, to be sent too? */
  get hasPhoto(): boolean {
    return this.#photo !== null
  }

  async tickPhoto(withPhoto: boolean) {
    this.withPhoto = withPhoto
    this.#changed()
    await this.#attempt('consent', async () => {
      if (this.#photo && withPhoto && !this.#offers('photo.jpg'))
        this.#offer('photo.jpg', await photoJpeg(this.#photo))
    })
  }

  /** What {@link send} would send now. */
  get sent(): Offered[] {
    return this.offered.filter(({ name }) => name !== 'photo.jpg' || this.withPhoto)
  }

  async send() {
    if (!this.agreed || this.step !== 'consent') return
    this.step = 'sending'
    this.#stopping = new AbortController()
    const { signal } = this.#stopping
    await this.#attempt('consent', async () => {
      // First of all: its window may open only as the answer to a click.
      const { humanCheck } = this.#check ?? (await loadCheck())
      const turnstile = this.#unseen ? undefined : await humanCheck(signal)
      const parts = Object.fromEntries(this.sent.map(({ name, bytes }) => [name, bytes])) as ShareParts
      const [{ shareResult }, { UnseenUpload }] = await Promise.all([loadApi(), loadUnseen()])
      const { result, ownership } = await shareResult(parts, {
        origin: location.origin,
        key: this.#key,
        turnstile,
        title: this.title.trim() || undefined,
        visibility: this.visibility,
        resume: this.#unseen?.ownership,
        signal,
        onStart: (begun) => {
          this.#unseen ??= new UnseenUpload(begun)
        },
        onProgress: (fraction) => {
          this.fraction = fraction
          this.#changed()
        },
      })
      signal.throwIfAborted()
      const link = new URL(result.page, location.origin).href
      const shared = { link, ownersLink: ownersLink(link, ownership), ownership }
      this.#onShared(shared)
      const shown = this.#show(shared)
      this.#unseen?.seen()
      this.#unseen = undefined
      await shown
    })
    if (signal.aborted) await this.#withdraw()
  }

  /** The link of what is shared, and at once after it its code. */
  async #show({ link, ownersLink, ownership }: Shared) {
    this.#ownership = ownership
    this.isKept = keepOwner(ownership) && window.top === window
    this.link = link
    this.ownersLink = ownersLink
    this.step = 'done'
    this.#changed()
    await this.#attempt('done', async () => {
      const { renderSVG } = await import('uqr')
      this.qr = renderSVG(link, { border: 2 })
    })
  }

  /** Stops sending: what has arrived is deleted, and whatever came of it. */
  stop() {
    this.#stopping?.abort()
  }

  /** The dialog in which it is shown, for as long as there is one. Nobody sees the link of what goes on without. */
  readonly shownIn = (dialog: Element | undefined) => {
    if (dialog) return
    if (this.step === 'sending') this.stop()
    else if (this.step === 'consent') void this.#withdraw()
  }

  async #withdraw() {
    const begun = this.#unseen
    this.#unseen = undefined
    await begun?.withdraw().catch(() => {})
  }

  async copy() {
    await navigator.clipboard.writeText(this.link!)
    this.copied = true
    this.#changed()
    setTimeout(() => {
      this.copied = false
      this.#changed()
    }, 1500)
  }

  /** Deletes what was shared. */
  async remove() {
    if (this.step !== 'done' || !this.#ownership) return
    this.step = 'removing'
    await this.#attempt('done', async () => {
      const { deleteShared } = await import('../../share/change.ts')
      await deleteShared(this.#ownership!)
      forgetOwner(this.#ownership!.id)
      this.#ownership = undefined
      this.step = 'removed'
      this.#onShared(null)
    })
  }

  /** With what was shared before and is still there; else with what would be. */
  async #begin(result: Result) {
    const { shared } = result
    if (shared && (await isThere(shared.link))) return this.#show(shared)
    if (shared) this.#onShared(null)
    await this.#prepare(result)
  }

  async #prepare(result: Result) {
    const { files } = result
    await this.#attempt('preparing', async () => {
      this.#offer('preview.jpg', await previewJpeg(drawn(result)))
      if (showsHead(result)) this.#offer('head.glb', await bytesOf((await makeHead(result)).glb))
      this.#offer('face.glb', await bytesOf(files.glb))
      this.#offer('texture.png', await bytesOf(files.png))
      this.#offer('record.json', await bytesOf(recordOf(result)))
      this.#offer('sampled.png', await bytesOf(files.sampled))
      this.step = 'consent'
    })
  }

  #changed() {
    const isBusy = this.step === 'preparing' || this.step === 'sending' || this.step === 'removing'
    this.#stopwatch.time(isBusy ? this.step : null)
    this.#told()
  }

  #offers(name: keyof ShareParts) {
    return this.offered.some((offered) => offered.name === name)
  }

  #offer(name: keyof ShareParts, bytes: Uint8Array<ArrayBuffer>) {
    const type = pictures[name]
    const url = type ? URL.createObjectURL(new Blob([bytes], { type })) : null
    if (url) spent.register(this, url)
    this.offered = [...this.offered, { name, bytes, url }]
  }

  /** A failure leaves everything as it was before, and one sentence. @param back the step to fall back to */
  async #attempt(back: SharingStep, work: () => Promise<void>) {
    this.error = null
    this.#changed()
    try {
      await work()
    } catch (error) {
      this.step = back
      const stopped = error instanceof DOMException && error.name === 'AbortError'
      if (!stopped) this.error = sentence(error)
    }
    this.#changed()
  }
}

/** A sharing lasts as long as its result, and ends without a word; the pictures that it offered go with it. */
const spent = new FinalizationRegistry((url: string) => URL.revokeObjectURL(url))

/** Deleted and expired pages are gone. Where there is no network, or none that answers, nobody knows. */
async function isThere(link: string): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000)
  const answer = await fetch(link, { method: 'HEAD', signal }).catch(() => null)
  return answer === null || (answer.status !== 404 && answer.status !== 410)
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

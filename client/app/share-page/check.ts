import { type CheckMessage, openCheckChannel } from '../../share/check-message.ts'

/** What of Turnstile's script is used (https://developers.cloudflare.com/turnstile). */
interface Turnstile {
  render(
    element: HTMLElement,
    options: {
      sitekey: string
      language: string
      callback: (token: string) => void
      'error-callback': () => void
    },
  ): void
}

/** Seconds that Turnstile's script may take. */
const patience = 20
const script = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit'

/**
 * The page of the check, in a window of its own: shows Turnstile and hands its token to the page that opened the window,
 * which knows it by the random text in the address.
 */
export async function showCheck(place: HTMLElement): Promise<void> {
  const state = location.hash.slice(1)
  const status = document.querySelector<HTMLElement>('[role=status]')!
  let answered = false
  const answer = (token?: string) => {
    if (answered) return
    answered = true
    const message: CheckMessage = { state, token }
    openCheckChannel()?.postMessage(message)
    // A widget's frame has storage and channels of its own, but still knows the window that it opened.
    window.opener?.postMessage(message, location.origin)
  }
  addEventListener('pagehide', () => answer())
  try {
    await load(script)
    const { turnstile } = window as unknown as { turnstile: Turnstile }
    turnstile.render(place, {
      sitekey: place.dataset.sitekey!,
      language: document.documentElement.lang,
      callback: (token) => {
        answer(token)
        status.textContent = place.dataset.done!
        window.close()
      },
      'error-callback': () => {
        status.textContent = place.dataset.failed!
      },
    })
  } catch {
    status.textContent = place.dataset.failed!
  }
}

function load(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script')
    element.src = src
    const fail = () => reject(new Error(`${src} could not be loaded.`))
    element.onload = () => resolve()
    element.onerror = fail
    setTimeout(fail, patience * 1000)
    document.head.appendChild(element)
  })
}

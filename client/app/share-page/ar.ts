import { type ArTexts, textsOf } from './texts-of.ts'

/** What puts a 3D file into the room on this device; null: nothing that pages know of. */
function arProgram(): 'Quick Look' | 'Scene Viewer' | null {
  if (document.createElement('a').relList.supports('ar')) return 'Quick Look'
  return /android/i.test(navigator.userAgent) ? 'Scene Viewer' : null
}

/**
 * Offers to look at a shared head or face in the room, where the device can: it shows a button that the page brings hidden.
 *
 * @param offer names the GLB, and holds the button and its status
 */
export function offerAr(offer: HTMLElement): void {
  const program = arProgram()
  if (!program) return
  const address = new URL(offer.dataset.glb!, location.href).href
  const button = offer.querySelector('button')!
  const status = offer.querySelector<HTMLElement>('[role=status]')!
  const texts = textsOf<ArTexts>(offer)
  button.addEventListener('click', async () => {
    if (program === 'Scene Viewer') {
      location.href = sceneViewerAddress(address, location.href)
      return
    }
    button.disabled = true
    status.textContent = texts.making
    try {
      const { quickLookLink } = await import('./quick-look.ts')
      const link = await quickLookLink(address)
      link.click()
      status.textContent = ''
    } catch (error) {
      console.warn(error)
      status.textContent = texts.failed
    }
    button.disabled = false
  })
  offer.hidden = false
}

/**
 * Where Android's Scene Viewer opens a GLB, which it fetches by itself.
 *
 * @param glb its whole address
 * @param page where the browser goes where there is no Scene Viewer
 */
export function sceneViewerAddress(glb: string, page: string): string {
  const query = new URLSearchParams({ file: glb, mode: 'ar_preferred' })
  const intent = [
    ...['scheme=https', 'package=com.google.android.googlequicksearchbox'],
    ...['action=android.intent.action.VIEW', `S.browser_fallback_url=${encodeURIComponent(page)}`],
  ]
  return `intent://arvr.google.com/scene-viewer/1.0?${query}#Intent;${intent.join(';')};end;`
}

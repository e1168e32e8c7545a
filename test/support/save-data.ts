import type { BrowserContext, Page } from 'playwright'

/**
 * Lets a page or all pages of a context say that data is to be saved: then nothing is made of itself after a result at once. For
 * tests of anything else, whose machine has better to do.
 */
export async function saveData(of: Pick<Page | BrowserContext, 'addInitScript'>): Promise<void> {
  await of.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
  })
}

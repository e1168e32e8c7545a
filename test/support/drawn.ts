import type { Page } from 'playwright'
import sharp from 'sharp'

/** Does an element of the page show a picture, rather than one colour? */
export async function isDrawn(page: Page, selector: string): Promise<boolean> {
  const png = await page.locator(selector).screenshot()
  const { channels } = await sharp(png).removeAlpha().stats()
  return Math.min(...channels.map(({ stdev }) => stdev)) > 10
}

import type { Frame, Locator, Page } from 'playwright'

// The steps that most journeys take, whatever language the page speaks.

type Shown = Pick<Page | Frame, 'locator'>

/** Computing and downloads take their time on a machine that does other work at once. */
const patience = 120_000

/** Waits until the page is at a stage. */
export const at = (page: Shown, stage: 'photo' | 'camera' | 'found' | 'refining' | 'result') =>
  page.locator(`main.${stage}`).waitFor({ timeout: patience })

/** From where the sample is offered to its head. */
export async function openSample(page: Shown): Promise<void> {
  await page.locator('.sample').click()
  await at(page, 'result')
}

/** The button that makes a head of the photo as it is painted. */
export const makeButton = (page: Shown): Locator => page.locator('main.found .actions button').first()

/** Waits until the photo is shown and its face is measured. */
export async function measured(page: Shown): Promise<void> {
  await page.locator('main.found .actions button:enabled').first().waitFor({ timeout: patience })
  await page.locator('.found-words').waitFor()
}

/** From a result to its photo, by the result's own button. */
export async function backToPhoto(page: Shown): Promise<void> {
  await page.locator('main.result .back').click()
  await measured(page)
}

/** From the photo to its head. */
export async function makeHead(page: Shown): Promise<void> {
  await makeButton(page).click()
  await at(page, 'result')
}

/** Opens what a result offers besides itself: finer runs. */
export async function openFiner(page: Shown): Promise<void> {
  const finer = page.locator('main.result .finer')
  if ((await finer.getAttribute('open')) === null) await finer.locator('summary').click()
}

/** Begins a finer run of the face that is shown. */
export async function refine(page: Shown): Promise<void> {
  await openFiner(page)
  await page.locator('.finer > .button').click()
  await at(page, 'refining')
}

/** From a result to a finer one. */
export async function refineToTheEnd(page: Shown): Promise<void> {
  await refine(page)
  await page.locator('main.result').waitFor({ timeout: 280_000 })
}

/** How a run was made, or is: the last of what can be unfolded. */
export const details = (page: Shown): Locator => page.locator('.panel .details').last()

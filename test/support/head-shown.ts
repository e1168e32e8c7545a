import type { Locator, Page } from 'playwright'

/** Waits until a result shows its head, or gives up. */
export async function headShown(page: Pick<Page, 'getByRole'>): Promise<void> {
  const words = (name: string): Locator => page.getByRole('heading', { name, exact: true })
  await words('Your 3D head').waitFor({ timeout: 60_000 })
}

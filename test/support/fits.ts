import type { Page } from 'playwright'

/**
 * What does not fit into the window of a page: a page that scrolls sideways, controls and words that stick out of the
 * window, and words that are cut off.
 */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const { scrollWidth } = document.scrollingElement!
    if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} px wide`)
    const tags = 'button, a, input, select, summary, label, legend, h1, h2, p, small, dt, dd, li, figcaption'
    for (const element of document.querySelectorAll<HTMLElement>(tags)) {
      // For readers alone; the photo itself, and the unseen slider over pictures: both are meant to be cut.
      if (element.closest('.unseen, .skip, photo-board, dividing-line') || !element.checkVisibility())
        continue
      const { left, right, width } = element.getBoundingClientRect()
      const what = `${element.localName}.${element.className} "${element.innerText?.trim().slice(0, 30)}"`
      if (width > 0 && (left < -0.5 || right > innerWidth + 0.5)) {
        found.push(`${what} lies at ${Math.round(left)} to ${Math.round(right)} px`)
      }
      const { overflowX, display } = getComputedStyle(element)
      const scrolls = element.matches('input')
      if (
        !scrolls &&
        display !== 'inline' &&
        overflowX !== 'visible' &&
        element.scrollWidth > element.clientWidth + 1
      ) {
        found.push(`${what} is cut off`)
      }
    }
    return found
  })
}

/** What an English or German page says in the other language, to the eye or to readers, line by line. */
export async function foreignLines(page: Page): Promise<string[]> {
  const words = await page.evaluate(() => {
    const said = [document.title, document.body.innerText]
    said.push(document.querySelector('meta[name=description]')?.getAttribute('content') ?? '')
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      for (const name of ['aria-label', 'aria-valuetext', 'alt', 'title', 'placeholder']) {
        said.push(element.getAttribute(name) ?? '')
      }
      if (element.matches('.unseen')) said.push(element.textContent ?? '')
    }
    return said.join('\n')
  })
  const language = await page.evaluate(() => document.documentElement.lang)
  const foreign = language === 'de' ? english : german
  return words.split('\n').filter((line) => foreign.test(line))
}

/** Words that no German text has, whatever their case. */
const english =
  /\b(the|of|and|with|this|has|from|that|were|your|you|texels|draft|quick|round|scale|step|preset|seed|network)\b/i

/** Words that no English text has. */
const german = /\b(das|der|und|mit|nicht|ist|von|wird|eine?|zu|Foto|Gesicht|Ansichten|Texel)\b/i

import { render } from 'lit-html'
import type { Journey } from './journey/journey.ts'
import { texts } from './texts/index.ts'
import { page } from './views/page.ts'
import './photo/photo-board.ts'
import './photo/photo-booth.ts'
import './viewer/dividing-line.ts'
import './viewer/face-compare.ts'
import './viewer/face-thumbnail.ts'
import './viewer/face-viewer.ts'

/** What browsers, readers and search engines know of the page without looking into it. */
function describePage(language: string) {
  const { title, description } = texts().page
  document.documentElement.lang = language
  document.title = title
  document.querySelector('meta[name=description]')?.setAttribute('content', description)
}

/**
 * Draws a journey's page into `root`, at once, and again after changes: however many there are before the next frame, the
 * page is drawn once.
 *
 * @param mayFocus may the heading of a new screen take the focus, from which a reader then goes on? Default: always
 */
export function show(root: HTMLElement, journey: Journey, mayFocus: () => boolean = () => true): void {
  let scheduled = false
  let shown = ''

  function draw() {
    scheduled = false
    render(page(journey), root)
    const { stage, language, motion } = journey.store.state
    describePage(language)
    document.body.classList.toggle('still', !motion)
    if (shown && stage.name !== shown) arrive()
    shown = stage.name
  }

  /** On a new screen the reader begins at its heading, and a phone shows the stage. */
  function arrive() {
    scrollTo(0, 0)
    const heading = root.querySelector<HTMLElement>('.panel h1')
    if (!heading || !mayFocus()) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }

  draw()
  journey.store.subscribe(() => {
    if (!scheduled) requestAnimationFrame(draw)
    scheduled = true
  })
}

import { render } from 'lit-html'
import { givenFiles } from './given.ts'
import { Journey } from './journey.ts'
import { registerServiceWorker } from './registerServiceWorker.ts'
import { languageOf } from './texts/index.ts'
import { page } from './views/page.ts'
import './photo/photo-board.ts'
import './photo/photo-booth.ts'
import './viewer/face-compare.ts'
import './viewer/face-thumbnail.ts'
import './viewer/face-viewer.ts'

const root = document.getElementById('page')!
let scheduled = false
let shown = ''

/** However much changes before the next frame, the page is drawn once. */
const journey = new Journey(() => {
  if (scheduled) return
  scheduled = true
  requestAnimationFrame(draw)
})

function draw() {
  scheduled = false
  render(page(journey), root)
  const { stage, language, motion } = journey.state
  document.documentElement.lang = language
  document.body.classList.toggle('still', !motion)
  if (shown && stage !== shown) arrive()
  shown = stage
}

/** On a new screen the reader begins at its heading, and a phone shows the stage. */
function arrive() {
  scrollTo(0, 0)
  const heading = root.querySelector<HTMLElement>('.panel h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

await journey.chooseLanguage(languageOf(navigator.languages))
draw()
journey.findKept()
givenFiles(document, {
  onFiles: (files) => journey.choosePhoto(files),
  onDrag: (over) => document.body.classList.toggle('dragging', over),
})
registerServiceWorker()

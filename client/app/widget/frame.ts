import { render } from 'lit-html'
import { givenFiles } from '../given.ts'
import { Journey } from '../journey.ts'
import { page } from '../views/page.ts'
import { greetHost, type Host } from './host.ts'
import { observer } from './observer.ts'
import { RemoteControl } from './remote-control.ts'
import '../photo/photo-board.ts'
import '../photo/photo-booth.ts'
import '../viewer/face-compare.ts'
import '../viewer/face-thumbnail.ts'
import '../viewer/face-viewer.ts'

// The app as main.ts shows it, for the page around this frame. It registers no service worker: another site's page is
// not where one looks for this one without a network.

const root = document.getElementById('page')!
let host: Host | null = null
const siteKey = new URLSearchParams(location.search).get('key') ?? undefined
const journey = new Journey(changed, { key: siteKey })
const control = new RemoteControl(journey)
const observe = observer((news) => host?.tell(news))
let scheduled = false
let shown = ''

function changed() {
  observe(journey.state)
  control.changed()
  if (scheduled) return
  scheduled = true
  requestAnimationFrame(draw)
}

function draw() {
  scheduled = false
  render(page(journey), root)
  const { stage, language, motion } = journey.state
  document.documentElement.lang = language
  document.body.classList.toggle('still', !motion)
  if (shown && stage !== shown) arrive()
  shown = stage
}

/** On a new screen the reader begins at its heading; the page around keeps the focus where it has it. */
function arrive() {
  scrollTo(0, 0)
  const heading = root.querySelector<HTMLElement>('.panel h1')
  if (!heading || !document.hasFocus()) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

/** Keys do not leave a frame: what closes the dialog around it must be passed on. */
function passEscapeOn() {
  document.addEventListener('keydown', (event) => {
    const within = document.querySelector('dialog[open], :popover-open')
    if (event.key === 'Escape' && !event.defaultPrevented && !within) host?.tell({ type: 'close' })
  })
}

draw()
// Foreign frames may be kept from the browser's storage and locks.
journey.findKept().catch(() => {})
givenFiles(document, {
  onFiles: (files) => journey.choosePhoto(files),
  onDrag: (over) => document.body.classList.toggle('dragging', over),
})
passEscapeOn()
greetHost(
  async (settings, greeted) => {
    await control.apply(settings)
    host = greeted
    host.tell({ type: 'ready' })
  },
  (command) => control.obey(command, (news) => host?.tell(news)),
)

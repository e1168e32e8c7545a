import { render } from 'lit-html'
import { givenFiles } from '../given.ts'
import { Journey } from '../journey/journey.ts'
import { withdrawUnseen } from '../sharing/unseen-uploads.ts'
import { listenForShortcuts } from '../shortcuts.ts'
import { show } from '../show.ts'
import { adaptTexts } from '../texts/index.ts'
import { Handover } from './handover.ts'
import { handoverBar } from './handover-bar.ts'
import { textsInFrame } from './handover-texts.ts'
import { greetHost, type Host } from './host.ts'
import { observer } from './observer.ts'
import { RemoteControl } from './remote-control.ts'

// The app as main.ts shows it, for the page around this frame. It registers no service worker: another site's page is
// not where one looks for this one without a network.

const root = document.getElementById('page')!
const bar = document.getElementById('handover')!
let host: Host | null = null
adaptTexts(textsInFrame)
const siteKey = new URLSearchParams(location.search).get('key') ?? undefined
const journey = new Journey(siteKey)
const handover = new Handover((news) => host?.tell(news), drawBar)
journey.store.subscribe(observer(journey.store.state, (news) => handover.pass(news)))
journey.store.subscribe(drawBar)
const control = new RemoteControl(journey)

/** There is a site to name once it has answered; before, nothing is handed to anybody. */
function drawBar() {
  if (host) render(handoverBar(handover, new URL(host.origin).host, journey.store.state.language), bar)
}

/** Keys do not leave a frame: what closes the dialog around it must be passed on. */
function passEscapeOn() {
  document.addEventListener('keydown', (event) => {
    const within = document.querySelector('dialog[open], :popover-open')
    if (event.key === 'Escape' && !event.defaultPrevented && !within) host?.tell({ type: 'close' })
  })
}

// The page around keeps the focus where it has it.
show(root, journey, () => document.hasFocus())
journey.shelf.followOthers()
journey.findKept()
givenFiles(document, {
  onFiles: (files) => journey.finding.choosePhoto(files),
  onDrag: (over) => document.body.classList.toggle('dragging', over),
})
passEscapeOn()
void withdrawUnseen()
listenForShortcuts(journey)
greetHost(
  async (settings, greeted) => {
    await control.apply(settings)
    host = greeted
    handover.follow(settings.consent ?? 'tell')
    host.tell({ type: 'ready' })
  },
  (command) => {
    if (command.type === 'settings') handover.follow(command.settings.consent ?? 'tell')
    control.obey(command, (news) => host?.tell(news))
  },
)

import { givenFiles } from './given.ts'
import { Journey } from './journey/journey.ts'
import { registerServiceWorker } from './register-service-worker.ts'
import { withdrawUnseen } from './sharing/unseen-uploads.ts'
import { listenForShortcuts } from './shortcuts.ts'
import { show } from './show.ts'
import { StageHistory } from './stage-history.ts'
import { languageOf } from './texts/index.ts'
import { whenIdle } from './when-idle.ts'

const journey = new Journey()
const stages = new StageHistory(journey)
await journey.settings.chooseLanguage(languageOf(navigator.languages))
show(document.getElementById('page')!, journey)
journey.shelf.followOthers()
void journey.findKept().then(() => stages.start())
givenFiles(document, {
  onFiles: (files) => journey.finding.choosePhoto(files),
  onDrag: (over) => document.body.classList.toggle('dragging', over),
})
listenForShortcuts(journey)
// A page that the browser kept whole is shown as it was left.
addEventListener('pageshow', () => journey.settings.leave(false))
registerServiceWorker()
void withdrawUnseen()
whenIdle(() => journey.warmUp())

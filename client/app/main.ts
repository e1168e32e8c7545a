import { givenFiles } from './given.ts'
import { Journey } from './journey.ts'
import { registerServiceWorker } from './registerServiceWorker.ts'
import { show } from './show.ts'
import { languageOf } from './texts/index.ts'

let redraw = () => {}
const journey = new Journey(() => redraw())
await journey.chooseLanguage(languageOf(navigator.languages))
redraw = show(document.getElementById('page')!, journey)
journey.findKept()
givenFiles(document, {
  onFiles: (files) => journey.choosePhoto(files),
  onDrag: (over) => document.body.classList.toggle('dragging', over),
})
registerServiceWorker()

import type { Journey } from './journey/journey.ts'
import { showsHead } from './result.ts'
import { type Asked, shortcutOf, wayOf } from './shortcut-keys.ts'
import type { FaceViewer } from './viewer/face-viewer.ts'
import { evidenceOf, studioLight } from './views/stage-tools.ts'
import { lookFrom, viewsOf } from './views/view-strip.ts'

/** Inputs that letters go into, or choose something in. */
const typing =
  'textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=file])'

/** Listens for the page's shortcuts: never where somebody types, nor under a dialog. */
export function listenForShortcuts(journey: Journey): void {
  document.addEventListener('keydown', (event) => {
    const asked = shortcutOf(event)
    const way = wayOf(event)
    const target = event.target as Element | null
    const isElsewhere = target?.closest?.(typing) || document.querySelector('dialog[open], :popover-open')
    if (isElsewhere || event.defaultPrevented) return
    const isObeyed = way
      ? go(way, journey)
      : asked && journey.store.state.shortcuts.on && obey(asked, journey)
    if (isObeyed) event.preventDefault()
  })
}

/** Where something is painted, that is what is undone. @returns false where there is nothing to undo or redo */
function go(way: 'undo' | 'redo', { store, changes, painting }: Journey): boolean {
  const isPainted = store.at('found')?.subject.strokes.length
  if (way === 'undo' && isPainted) painting.undoStroke()
  return isPainted ? way === 'undo' : changes[way]()
}

/** @returns false where that cannot be done now */
function obey({ shortcut, view }: Asked, { store, finding, results, heads, settings }: Journey): boolean {
  if (shortcut === 'open') chooseFile((files) => finding.choosePhoto(files))
  if (shortcut === 'help') settings.showShortcuts(true)
  if (shortcut === 'open' || shortcut === 'help') return true
  const stage = store.at('result')
  if (!stage) return false
  const { result, subject, evidence } = stage
  switch (shortcut) {
    case 'download':
    case 'share':
      results.openDialog(shortcut)
      break
    case 'cover':
      heads.show(showsHead(result) ? 'face' : 'head')
      break
    case 'light':
      results.lightFrom(subject.light === null ? studioLight : null)
      break
    case 'evidence':
      if (!evidenceOf(result)) return false
      results.showEvidence(!evidence)
      break
    case 'views':
      lookFrom(document.querySelector<FaceViewer>('face-viewer'), viewsOf(result)[view].orbit, results)
  }
  return true
}

/** The browser's own chooser. */
function chooseFile(chosen: (files: File[]) => void): void {
  const input = Object.assign(document.createElement('input'), {
    ...{ type: 'file', accept: 'image/*', hidden: true },
  })
  input.addEventListener('change', () => chosen([...(input.files ?? [])]))
  for (const end of ['change', 'cancel']) input.addEventListener(end, () => input.remove())
  document.body.appendChild(input)
  input.click()
}

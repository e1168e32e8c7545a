import '../styles/share.css'
import '../styles/shared-face.css'
import '../styles/gallery.css'
import { ownerOf, takeOwner } from '../../share/ownership.ts'
import { offerAr } from './ar.ts'

// Script of the pages that the worker writes (worker/pages): what it adds loads when it is needed.

const open = document.querySelector<HTMLButtonElement>('.stage .open')
if (open) {
  open.hidden = false
  open.addEventListener('click', async () => {
    const { openViewer } = await import('./viewer.ts')
    await openViewer(open)
  })
}

const ar = document.querySelector<HTMLElement>('.ar')
if (ar) offerAr(ar)

const entries = document.querySelector<HTMLElement>('.entries')
if (entries) {
  const { offerFaces } = await import('./gallery-faces.ts')
  offerFaces(entries)
}

const check = document.getElementById('check')
if (check) {
  const { showCheck } = await import('./check.ts')
  await showCheck(check)
}

const section = document.getElementById('owner')
const ownership = section && (takeOwner(section.dataset.id!) ?? ownerOf(section.dataset.id!))
if (ownership) {
  const { showControls } = await import('./owner-controls.ts')
  showControls(section, ownership)
}

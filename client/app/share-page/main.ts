import '../styles/share.css'
import '../styles/shared-face.css'
import '../styles/gallery.css'
import { linkedOwner, ownerOf } from '../../share/ownership.ts'
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
const id = section?.dataset.id
if (section && id) {
  // On the page itself a link to its owner's address loads nothing.
  addEventListener('hashchange', () => linkedOwner(id) && location.reload())
  if (linkedOwner(id) || ownerOf(id)) {
    const { showOwner } = await import('./owner-controls.ts')
    await showOwner(section, id)
  }
}

import type { Visibility } from '../../../worker/contract.ts'
import type { Ownership } from '../../share/api.ts'
import { type Change, changeShared, deleteShared } from '../../share/change.ts'
import { ShareError } from '../../share/errors.ts'
import { forgetOwner } from '../../share/ownership.ts'

/** Shows the owner's section of a result's page and lets it do what its buttons say. */
export function showControls(section: HTMLElement, ownership: Ownership): void {
  const part = <Element extends HTMLElement>(selector: string) => section.querySelector<Element>(selector)!
  const status = part('[role=status]')
  const confirm = part<HTMLDialogElement>('dialog')
  const buttons = section.querySelectorAll<HTMLButtonElement>('#change button')
  section.hidden = false

  /** One thing at a time; what came of it is said below the buttons. */
  const busy = async (words: string, action: () => Promise<string>) => {
    for (const button of buttons) button.disabled = true
    status.className = ''
    status.textContent = words
    try {
      status.textContent = await action()
    } catch (error) {
      status.className = 'error'
      status.textContent =
        error instanceof ShareError ? `${error.message} ${error.hint}` : 'That failed. Try again in a moment.'
    }
    for (const button of buttons) button.disabled = false
  }

  const change = async (wish: Change) => {
    const { title, expires } = await changeShared(ownership, wish)
    document.querySelector('h1')!.textContent = title || section.dataset.untitled!
    const time = document.querySelector<HTMLTimeElement>('#expires')!
    time.dateTime = expires
    time.textContent = dateWords(expires)
    return expires
  }

  part('#change').addEventListener('submit', (event) => {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const title = String(form.get('title'))
    const visibility = form.get('visibility') as Visibility
    busy('Saving …', async () => {
      await change({ title, visibility })
      return visibility === 'listed'
        ? 'Saved. It is in the gallery.'
        : 'Saved. Only who has the link finds it.'
    })
  })
  part('#extend').addEventListener('click', ({ currentTarget }) => {
    const days = Number((currentTarget as HTMLElement).dataset.days)
    busy('Saving …', async () => `It is kept until ${dateWords(await change({ days }))}.`)
  })
  part('#delete').addEventListener('click', () => confirm.showModal())
  confirm.addEventListener('close', () => {
    if (confirm.returnValue !== 'delete') return
    confirm.returnValue = ''
    busy('Deleting …', async () => {
      await deleteShared(ownership)
      forgetOwner(ownership.id)
      sayDeleted()
      return ''
    })
  })
}

/** The page is gone; what stands here says so. */
function sayDeleted(): void {
  const main = document.querySelector('main')!
  const heading = document.createElement('h1')
  heading.tabIndex = -1
  heading.textContent = 'Deleted'
  const words = document.createElement('p')
  words.textContent = 'The page, the 3D face and the texture are gone, and the link leads nowhere now.'
  const onward = document.createElement('p')
  onward.className = 'actions'
  const link = document.createElement('a')
  link.className = 'button primary'
  link.href = '/'
  link.textContent = 'Make another'
  onward.replaceChildren(link)
  main.className = 'message-page'
  main.replaceChildren(heading, words, onward)
  heading.focus()
}

/** As worker/pages/words.ts has it. */
function dateWords(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

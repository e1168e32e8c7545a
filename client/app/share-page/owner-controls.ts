import type { Visibility } from '../../../worker/contract/contract.ts'
import { figures } from '../../../worker/texts/figures.ts'
import type { Ownership } from '../../share/api.ts'
import { type Change, changeShared, deleteShared } from '../../share/change.ts'
import { ShareError } from '../../share/errors.ts'
import { forgetOwner } from '../../share/ownership.ts'
import { findOwner } from './find-owner.ts'
import { type OwnerTexts, textsOf } from './texts-of.ts'

/** Shows the owner's section of a result's page to its owner; else, what is wrong with the link that was followed. */
export async function showOwner(section: HTMLElement, id: string): Promise<void> {
  const { ownership, problem } = await findOwner(id)
  if (ownership) showControls(section, ownership)
  else section.querySelector('#change')!.remove()
  if (!problem) return
  const status = section.querySelector('[role=status]')!
  status.className = 'error'
  status.textContent = textsOf<OwnerTexts>(section)[problem]
  section.hidden = false
}

/** Lets the section do what its buttons say. */
function showControls(section: HTMLElement, ownership: Ownership): void {
  const part = <Element extends HTMLElement>(selector: string) => section.querySelector<Element>(selector)!
  const status = part('[role=status]')
  const confirm = part<HTMLDialogElement>('dialog')
  const buttons = section.querySelectorAll<HTMLButtonElement>('#change button')
  const texts = textsOf<OwnerTexts>(section)
  const dateWords = figures[document.documentElement.lang as keyof typeof figures].date
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
      status.textContent = failureWords(error, texts)
    }
    for (const button of buttons) button.disabled = false
  }

  const change = async (wish: Change) => {
    const { title, expires } = await changeShared(ownership, wish)
    document.querySelector('h1')!.textContent = title || texts.untitled
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
    busy(texts.saving, async () => {
      await change({ title, visibility })
      return visibility === 'listed' ? texts.savedListed : texts.savedUnlisted
    })
  })
  part('#extend').addEventListener('click', ({ currentTarget }) => {
    const days = Number((currentTarget as HTMLElement).dataset.days)
    busy(texts.saving, async () => texts.keptUntil.replace('{date}', dateWords(await change({ days }))))
  })
  part('#delete').addEventListener('click', () => confirm.showModal())
  confirm.addEventListener('close', () => {
    if (confirm.returnValue !== 'delete') return
    confirm.returnValue = ''
    busy(texts.deleting, async () => {
      await deleteShared(ownership)
      forgetOwner(ownership.id)
      sayDeleted(texts)
      return ''
    })
  })
}

/** The page is gone; what stands here says so. */
function sayDeleted(texts: OwnerTexts): void {
  const main = document.querySelector('main')!
  const heading = document.createElement('h1')
  heading.tabIndex = -1
  heading.textContent = texts.deleted
  const words = document.createElement('p')
  words.textContent = texts.deletedWords
  const onward = document.createElement('p')
  onward.className = 'actions'
  const link = document.createElement('a')
  link.className = 'button primary'
  link.href = '/'
  link.textContent = texts.makeAnother
  onward.replaceChildren(link)
  main.className = 'message-page'
  main.replaceChildren(heading, words, onward)
  heading.focus()
}

/** The service's own sentences are English; here stands what an owner can do about it. */
function failureWords(error: unknown, texts: OwnerTexts): string {
  console.warn(error)
  if (!(error instanceof ShareError)) return texts.failed
  const byStatus: Record<number, string> = {
    0: texts.noConnection,
    401: texts.notOwner,
    403: texts.notOwner,
    404: texts.gone,
    410: texts.gone,
    429: texts.tooMany,
  }
  return byStatus[error.status] ?? texts.failed
}

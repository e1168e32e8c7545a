import { html, type TemplateResult } from 'lit-html'
import { ref } from 'lit-html/directives/ref.js'
import { texts } from '../texts/index.ts'

/** A dialog over the page. Escape, the cross and a click beside it close it; the focus goes back to where it was. */
export function dialog(heading: string, content: unknown, closed: () => void): TemplateResult {
  return html`
    <dialog
      ${ref(show)}
      aria-label=${heading}
      @close=${closed}
      @click=${(event: Event) => event.target === event.currentTarget && close(event)}
    >
      <div class="dialog">
        <header>
          <h2>${heading}</h2>
          <button type="button" class="plain" aria-label=${texts().page.close} @click=${close}>✕</button>
        </header>
        ${content}
      </div>
    </dialog>
  `
}

/** Its `close` event follows. Taken out of the page while open it would not give the focus back. */
function close(event: Event): void {
  ;(event.target as Element).closest('dialog')!.close()
}

/** A dialog can be shown once it is in the page, which it is not yet when the template is made. */
function show(element: Element | undefined): void {
  queueMicrotask(() => {
    const dialog = element as HTMLDialogElement | undefined
    if (dialog?.isConnected && !dialog.open) dialog.showModal()
  })
}

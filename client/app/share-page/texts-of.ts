/** What is said about a 3D head or face. */
export interface ViewerTexts {
  loading: string
  howTo: string
  failed: string
}

/** What is said while a file for AR is made. */
export interface ArTexts {
  making: string
  failed: string
}

/** What the owner's section says of what is done in it. `{date}` stands for a date. */
export interface OwnerTexts {
  untitled: string
  saving: string
  savedListed: string
  savedUnlisted: string
  keptUntil: string
  deleting: string
  deleted: string
  deletedWords: string
  makeAnother: string
  failed: string
  noConnection: string
  tooMany: string
  gone: string
  notOwner: string
  wrongLink: string
  unchecked: string
}

/** The texts that the worker wrote onto an element for its script, in the page's language (worker/texts). */
export function textsOf<Texts>(element: HTMLElement): Texts {
  return JSON.parse(element.dataset.texts!)
}

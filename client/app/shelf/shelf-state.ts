import type { Card } from './shelved-face.ts'

/** Why a face is not kept on the device: its disk is full, or the browser keeps nothing for this page. */
export type Unkept = 'full' | 'closed'

/** A card as it is shown. */
export interface ShownCard extends Card {
  /** Left out: it is kept. */
  unkept?: Unkept
}

export interface ShelfState {
  /** Newest first. */
  cards: readonly ShownCard[]
  /** Name of the face that was deleted last and can be put back; null: there is none. */
  deleted: string | null
  /** The change of a name that can be taken back; null: none. */
  renamed: { from: string; to: string } | null
  /** Is everything to be removed, if that is really meant? */
  emptying: boolean
}

export const emptyShelf: ShelfState = { cards: [], deleted: null, renamed: null, emptying: false }

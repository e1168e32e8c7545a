/** What a person can change and take back. */
export type Changed = 'hair' | 'bust' | 'expression' | 'cover' | 'light' | 'name' | 'deletion'

export interface Change {
  what: Changed
  undo(): void
  redo(): void
  /** Is it one of many on the way to where something is dragged? In a row they are one change. */
  isDrag?: boolean
}

/** More than anybody goes back; each remembers a choice or two. */
const most = 20

/** What was changed, the newest last. */
export class UndoHistory {
  #done: Change[] = []
  #undone: Change[] = []

  get canUndo(): boolean {
    return this.#done.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  /** Something was changed: what was undone before can't be redone any more. */
  add(change: Change): void {
    const before = this.#done.at(-1)
    const isSameDrag = change.isDrag && before?.isDrag && before.what === change.what && !this.canRedo
    this.#undone = []
    if (isSameDrag) this.#done.splice(-1, 1, { ...before, redo: change.redo })
    else this.#done = [...this.#done, change].slice(-most)
  }

  /** @returns what was undone; null: there is nothing to undo */
  undo(): Change | null {
    const change = this.#done.pop()
    if (!change) return null
    this.#undone.push(change)
    change.undo()
    return change
  }

  /** @returns what was redone; null: there is nothing to redo */
  redo(): Change | null {
    const change = this.#undone.pop()
    if (!change) return null
    this.#done.push(change)
    change.redo()
    return change
  }

  /** Such changes can't be undone any more. */
  forget(what: Changed): void {
    const isOther = (change: Change) => change.what !== what
    this.#done = this.#done.filter(isOther)
    this.#undone = this.#undone.filter(isOther)
  }
}

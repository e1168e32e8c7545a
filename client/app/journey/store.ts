import { firstState, type Stage, type StageName, type StageNamed, type State, silence } from './state.ts'

/** The page's state, and who is told of its changes. */
export class Store {
  readonly state: State = { ...firstState }
  #listeners: (() => void)[] = []

  /** @param changed called after every change */
  subscribe(changed: () => void): void {
    this.#listeners.push(changed)
  }

  set(change: Partial<State>): void {
    Object.assign(this.state, change)
    this.tell()
  }

  /** For what is shown and lies elsewhere. */
  tell(): void {
    for (const changed of this.#listeners) changed()
  }

  /** The present stage, if it is the one of that name. */
  at<Name extends StageName>(name: Name): StageNamed<Name> | null {
    const { stage } = this.state
    return stage.name === name ? (stage as StageNamed<Name>) : null
  }

  /** Changes the data of the stage of that name; where the page has left it, nothing happens. */
  setAt<Name extends StageName>(name: Name, change: Partial<Omit<StageNamed<Name>, 'name'>>): void {
    const stage = this.at(name)
    if (stage) this.set({ stage: { ...stage, ...change } as Stage })
  }

  /** Something begins: what was said before is done with. */
  begin(words: string, change: Partial<State> = {}): void {
    this.set({ ...change, ...silence, work: { words, fraction: null } })
  }
}

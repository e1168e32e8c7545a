/** Reads an enumerated attribute; one that is missing or misspelt counts as the first choice. */
export function choiceOf<T extends string>(element: Element, name: string, choices: readonly T[]): T {
  const text = element.getAttribute(name)
  if (text === null || text === '') return choices[0]
  const choice = choices.find((candidate) => candidate === text.toLowerCase())
  if (choice !== undefined) return choice
  const known = choices.map((candidate) => `"${candidate}"`).join(', ')
  console.warn(`<${element.localName} ${name}="${text}"> is not known: give one of ${known}.`)
  return choices[0]
}

/** What was set before the script arrived lies on the element itself, where no setter saw it. */
export function adoptProperties(element: Element, names: readonly string[]): void {
  for (const name of names) {
    if (!Object.hasOwn(element, name)) continue
    const value = Reflect.get(element, name)
    Reflect.deleteProperty(element, name)
    Reflect.set(element, name, value)
  }
}

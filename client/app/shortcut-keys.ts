/** Keys that do something anywhere on the page, in the order in which the sheet lists them. */
export const shortcutKeys = {
  open: 'O',
  download: 'D',
  share: 'S',
  cover: 'H',
  light: 'L',
  evidence: 'E',
  views: '1 2 3 4',
  help: '?',
} as const
export type Shortcut = keyof typeof shortcutKeys

/** What is asked for by a key, and which view where it is one: 0..3. */
export interface Asked {
  shortcut: Shortcut
  view: number
}

/** What of a key's event tells which shortcut it is. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>

/** As every editor has it: Ctrl Z, on a Mac ⌘ Z; with Shift, and by Ctrl Y, the other way. @returns null for any other key */
export function wayOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): 'undo' | 'redo' | null {
  if (altKey || ctrlKey === metaKey) return null
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  return key.toLowerCase() === 'y' && ctrlKey && !shiftKey ? 'redo' : null
}

/** @returns null for any other key, and for keys held down or together with Ctrl, Alt or Meta, which belong to the browser */
export function shortcutOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  repeat,
}: Omit<Pressed, 'shiftKey'>): Asked | null {
  if (ctrlKey || metaKey || altKey || repeat) return null
  for (const [shortcut, keys] of Object.entries(shortcutKeys) as [Shortcut, string][]) {
    const view = keys.split(' ').indexOf(key.toUpperCase())
    if (view >= 0) return { shortcut, view }
  }
  return null
}

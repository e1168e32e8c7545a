/** Name of the BroadcastChannel between the window of the check and the page that opened it. */
const checkChannel = 'facerefiner-check'

export interface CheckMessage {
  /** Random: which opening it answers. */
  state: string
  /** Turnstile's; missing where the window was closed without an answer. */
  token?: string
}

/** The channel; undefined where a browser gives none to a page that storage is closed to: then the windows know each other. */
export function openCheckChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(checkChannel)
  } catch {
    return undefined
  }
}

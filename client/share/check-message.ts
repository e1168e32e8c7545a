/** Name of the BroadcastChannel between the window of the check and the page that opened it. */
export const checkChannel = 'facerefiner-check'

export interface CheckMessage {
  /** Random: which opening it answers. */
  state: string
  /** Turnstile's; missing where the window was closed without an answer. */
  token?: string
}

/** Milliseconds after which a page has drawn, in browsers that do not tell when they are idle. */
const drawn = 500

/** Calls `work` once the page is looked at and has nothing else to do. */
export function whenIdle(work: () => unknown): void {
  if (document.hidden) {
    document.addEventListener('visibilitychange', () => whenIdle(work), { once: true })
    return
  }
  // Safari has none.
  if ('requestIdleCallback' in window) requestIdleCallback(work)
  else setTimeout(work, drawn)
}

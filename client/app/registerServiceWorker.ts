/**
 * Makes the page open without a network from its second visit on. Does nothing where there are no service workers
 * (private windows, foreign frames) and under Vite's development server.
 */
export async function registerServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register('/service-worker.js')
    const { active } = await navigator.serviceWorker.ready
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    active?.postMessage({ loaded: [location.origin + location.pathname, ...loaded] })
  } catch (error) {
    console.warn('The page will not open without a network:', error)
  }
}

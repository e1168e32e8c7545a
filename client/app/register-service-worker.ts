/**
 * Makes the page open without a network from its second visit on. Does nothing where there are no service workers
 * (private windows, foreign frames) and under Vite's development server.
 */
export async function registerServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register('/service-worker.js')
    const { active } = await navigator.serviceWorker.ready
    const tell = (loaded: string[]) => active?.postMessage({ loaded })
    tell([location.origin + location.pathname])
    // Also what was asked for before the worker took over and arrives only now.
    const loads = new PerformanceObserver((list) => tell(list.getEntries().map(({ name }) => name)))
    loads.observe({ type: 'resource', buffered: true })
  } catch (error) {
    console.warn('The page will not open without a network:', error)
  }
}

import type { Page } from 'playwright'

/** What a person sees of the progress, at one moment. */
export interface Shown {
  /** Seconds since the watching began. */
  at: number
  stage: string
  words: string
  /** Values of the bars; null: one that only says that something is under way. */
  bars: (number | null)[]
}

declare global {
  interface Window {
    shown: Shown[]
  }
}

/** Notes every change of the words and bars that tell of progress, until the page closes. */
export async function watchProgress(page: Page): Promise<{ shown(): Promise<Shown[]> }> {
  await page.evaluate(() => {
    const start = performance.now()
    window.shown = []
    let last = ''
    const look = () => {
      const words = [
        ...document.querySelectorAll(
          '.panel [role=status], .panel [role=alert], .panel h1, .progress-words, .panel small',
        ),
      ]
        .map((element) => (element as HTMLElement).innerText.trim())
        .filter(Boolean)
        .join(' | ')
      const bars = [...document.querySelectorAll('progress')].map((bar) =>
        bar.hasAttribute('value') ? bar.value : null,
      )
      const now = JSON.stringify([words, bars])
      if (now !== last) {
        const stage = document.querySelector('main')!.classList[0]
        window.shown.push({ at: (performance.now() - start) / 1000, stage, words, bars })
      }
      last = now
      requestAnimationFrame(look)
    }
    look()
  })
  return { shown: () => page.evaluate(() => window.shown) }
}

/** The times in which nothing changed, longest first. */
export function silences(shown: readonly Shown[]): { seconds: number; from: number; words: string }[] {
  return shown
    .slice(1)
    .map(({ at }, i) => ({ seconds: at - shown[i].at, from: shown[i].at, words: shown[i].words }))
    .sort((a, b) => b.seconds - a.seconds)
}

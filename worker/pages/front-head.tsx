import { Card } from './card.tsx'
import { Shareable } from './layout.tsx'
import { type Reader, ReaderContext, useReader } from './reader.ts'

/**
 * What the built page cannot say of itself: its address, without which previews of links show no picture, and its
 * description in the reader's language.
 *
 * @returns HTML for the end of its head
 */
export function frontHead(origin: string, reader: Reader): string {
  return String(
    <ReaderContext.Provider value={reader}>
      <Head origin={origin} />
    </ReaderContext.Provider>,
  )
}

function Head({ origin }: { origin: string }) {
  const { texts, to } = useReader()
  const { title, description } = texts.front
  return (
    <>
      <Shareable address={`${origin}/`} title={title} description={description} />
      <Card origin={origin} />
      <link rel="manifest" href={to('/manifest.webmanifest')} />
      <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
    </>
  )
}

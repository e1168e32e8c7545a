import { useReader } from './reader.ts'

/** The picture that goes with links to pages without one of their own; made by client/app/sample/make.ts. */
const card = { path: '/card.jpg', width: 1200, height: 630 }

/** Makes previews of a link large and shows the product in them. @param origin of the service */
export function Card({ origin }: { origin: string }) {
  const { card: alt } = useReader().texts
  return (
    <>
      <meta property="og:image" content={origin + card.path} />
      <meta property="og:image:type" content="image/jpeg" />
      <meta property="og:image:width" content={String(card.width)} />
      <meta property="og:image:height" content={String(card.height)} />
      <meta property="og:image:alt" content={alt} />
      <meta name="twitter:card" content="summary_large_image" />
      <meta name="twitter:image" content={origin + card.path} />
      <meta name="twitter:image:alt" content={alt} />
    </>
  )
}

import { useReader } from './reader.ts'

/** Where to read on, below every page. The app has the same (client/app/views/footer.ts). */
export function SiteFooter() {
  const { texts, to } = useReader()
  const { about, how, api, licences } = texts.site
  return (
    <nav class="about" aria-label={about}>
      <a href={to('/how')}>{how}</a>
      <a href="/docs">{api}</a>
      <a href="/licences.txt">{licences}</a>
    </nav>
  )
}

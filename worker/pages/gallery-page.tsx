import type { GalleryEntry } from '../contract/contract.ts'
import { kindOf } from '../contract/parts.ts'
import { Card } from './card.tsx'
import { Layout, Shareable } from './layout.tsx'
import { Onward } from './message-page.tsx'
import { useReader } from './reader.ts'

export interface GalleryPageProps {
  results: GalleryEntry[]
  origin: string
  /** Address of this page, and of the neighbouring ones where there are any. */
  here: string
  newer?: string
  older?: string
}

/** Thumbnails that are in view at once on most screens; the others wait until they come near. */
const eager = 6

/** A page of listed results. */
export function GalleryPage(props: GalleryPageProps) {
  const { texts } = useReader()
  const { heading, intro } = texts.gallery
  return (
    <Layout title={heading} head={<Head {...props} />} class="gallery" here={props.here}>
      <h1>{heading}</h1>
      <p class="quiet">{intro}</p>
      {props.results.length > 0 ? <Entries {...props} /> : <Nothing first={!props.newer} />}
      <Pager {...props} />
    </Layout>
  )
}

function Entries({ results }: GalleryPageProps) {
  const { texts } = useReader()
  return (
    <>
      <ul class="entries" data-texts={JSON.stringify(texts.viewer)}>
        {results.map((entry, i) => (
          <Entry entry={entry} loading={i < eager ? 'eager' : 'lazy'} />
        ))}
      </ul>
      <p id="gallery-status" class="unseen" role="status" />
    </>
  )
}

/** The button shows the 3D head or face in the thumbnail's place; without script there is none. */
function Entry({ entry, loading }: { entry: GalleryEntry; loading: 'eager' | 'lazy' }) {
  const { texts, to } = useReader()
  const { page, preview, glb, published, textureSize } = entry
  const title = entry.title || texts.untitled[kindOf(glb)]
  return (
    <li>
      <a href={to(page)}>
        <img src={preview} width="300" height="300" alt="" loading={loading} decoding="async" />
        <span class="name">{title}</span>
        <small>
          <time datetime={published}>{texts.shortDate(published)}</time>, {texts.pixels(textureSize)}
        </small>
      </a>
      <button
        type="button"
        class="in-3d"
        data-glb={glb}
        aria-label={texts.gallery.in3d(title)}
        aria-pressed="false"
        hidden
      >
        3D
      </button>
    </li>
  )
}

function Pager({ newer, older }: GalleryPageProps) {
  const { texts, to } = useReader()
  if (!newer && !older) return null
  return (
    <nav class="pager" aria-label={texts.gallery.pages}>
      {newer && (
        <a class="button" rel="prev" href={to(newer)}>
          {texts.gallery.newer}
        </a>
      )}
      {older && (
        <a class="button" rel="next" href={to(older)}>
          {texts.gallery.older}
        </a>
      )}
    </nav>
  )
}

function Nothing({ first }: { first: boolean }) {
  const { texts } = useReader()
  const { emptyHeading, empty, endHeading, end } = texts.gallery
  return (
    <section class="card nothing">
      <h2>{first ? emptyHeading : endHeading}</h2>
      <p>{first ? empty : end}</p>
      <Onward links={[{ href: '/', words: texts.message.makeYourOwn }]} />
    </section>
  )
}

/** Search engines may follow the pages, and list the first. */
function Head({ origin, newer, older }: GalleryPageProps) {
  const { texts } = useReader()
  const { ogTitle, description } = texts.gallery
  return (
    <>
      {newer && <meta name="robots" content="noindex, follow" />}
      <Shareable address={`${origin}/gallery`} title={ogTitle} description={description} />
      <Card origin={origin} />
      {newer && <link rel="prev" href={newer} />}
      {older && <link rel="next" href={older} />}
    </>
  )
}

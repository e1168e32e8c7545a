import type { GalleryEntry } from '../contract.ts'
import { Layout } from './Layout.tsx'
import { Onward } from './MessagePage.tsx'
import { shortDateWords, titleWords } from './words.ts'

export interface GalleryPageProps {
  results: GalleryEntry[]
  origin: string
  /** Addresses of the neighbouring pages, where there are any. */
  newer?: string
  older?: string
}

/** Thumbnails that are in view at once on most screens; the others wait until they come near. */
const eager = 6

/** A page of listed results. */
export function GalleryPage({ results, origin, newer, older }: GalleryPageProps) {
  return (
    <Layout title="Gallery - FaceRefiner" head={<Head {...{ origin, newer, older }} />} class="gallery">
      <h1>Gallery</h1>
      <p class="quiet">Faces that their owners chose to show, newest first.</p>
      {results.length > 0 ? <Entries results={results} /> : <Nothing first={!newer} />}
      {(newer || older) && (
        <nav class="pager" aria-label="Pages">
          {newer && (
            <a class="button" rel="prev" href={newer}>
              ← Newer
            </a>
          )}
          {older && (
            <a class="button" rel="next" href={older}>
              Older →
            </a>
          )}
        </nav>
      )}
    </Layout>
  )
}

function Entries({ results }: Pick<GalleryPageProps, 'results'>) {
  return (
    <ul class="entries">
      {results.map(({ page, preview, title, published, textureSize }, i) => (
        <li>
          <a href={page}>
            <img
              src={preview}
              width="300"
              height="300"
              alt=""
              loading={i < eager ? 'eager' : 'lazy'}
              decoding="async"
            />
            <span class="name">{titleWords(title)}</span>
            <small>
              <time datetime={published}>{shortDateWords(published)}</time>, {textureSize} px
            </small>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Nothing({ first }: { first: boolean }) {
  return (
    <section class="card nothing">
      <h2>{first ? 'Nobody has shown a face yet' : 'No more faces here'}</h2>
      <p>
        {first
          ? 'Yours could be the first: drop a photo, look at the 3D face, and share it if you like it.'
          : 'You have come to the end of the gallery.'}
      </p>
      <Onward links={[{ href: '/', words: 'Make a face of your own' }]} />
    </section>
  )
}

function Head({ origin, newer, older }: Omit<GalleryPageProps, 'results'>) {
  const description = 'Photo-real 3D faces, each made from one photo in a browser, shown by their owners.'
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={`${origin}/gallery`} />
      {newer && <link rel="prev" href={newer} />}
      {older && <link rel="next" href={older} />}
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="FaceRefiner" />
      <meta property="og:url" content={`${origin}/gallery`} />
      <meta property="og:title" content="Gallery of 3D faces" />
      <meta property="og:description" content={description} />
    </>
  )
}

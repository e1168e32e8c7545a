import type { GalleryEntry } from '../contract.ts'
import { Layout } from './Layout.tsx'
import { titleWords } from './words.ts'

export function GalleryPage({ results, older }: { results: GalleryEntry[]; older: string | null }) {
  return (
    <Layout title="Gallery - FaceRefiner" class="gallery">
      <h1>Gallery</h1>
      <ul>
        {results.map(({ page, title }) => (
          <li>
            <a href={page}>{titleWords(title)}</a>
          </li>
        ))}
      </ul>
      {older && <a href={`/gallery?cursor=${older}`}>Older</a>}
    </Layout>
  )
}

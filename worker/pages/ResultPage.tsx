import type { Published } from '../results/documents.ts'
import { partAddress } from '../results/readResult.ts'
import { Layout } from './Layout.tsx'
import { titleWords } from './words.ts'

/** A shared result. @param origin of the service: previews of links need whole addresses */
export function ResultPage({ record, origin }: { record: Published; origin: string }) {
  const title = titleWords(record.title)
  const preview = partAddress(record.id, 'preview.jpg')
  return (
    <Layout
      title={`${title} - FaceRefiner`}
      head={<meta property="og:image" content={origin + preview} />}
      class="result"
    >
      <img src={preview} alt={`Preview of ${title}`} />
      <h1>{title}</h1>
    </Layout>
  )
}

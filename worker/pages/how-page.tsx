import { Card } from './card.tsx'
import { Layout, Shareable } from './layout.tsx'
import { Onward } from './message-page.tsx'
import { useReader } from './reader.ts'

/** What happens to a photo, how a face comes of it, and what does not happen: in plain words. */
export function HowPage({ origin }: { origin: string }) {
  const { texts } = useReader()
  const { heading, description, photo, method, paper, limits } = texts.how
  const head = (
    <>
      <Shareable address={`${origin}/how`} title={heading} description={description} />
      <Card origin={origin} />
    </>
  )
  return (
    <Layout title={heading} head={head} class="how">
      <h1>{heading}</h1>
      <Section {...photo} />
      <Section {...method} />
      <p class="quiet">
        {paper} <cite lang="en">{publication}</cite>
      </p>
      <Section {...limits} />
      <Onward links={[{ href: '/', words: texts.message.makeYourOwn }]} />
    </Layout>
  )
}

const publication =
  'Li et al., High-Fidelity Facial Texture Refinement with Differentiable Rendering-based Style Transfer, IEEE Transactions on Multimedia, 2024.'

function Section({ heading, words }: { heading: string; words: readonly string[] }) {
  return (
    <section>
      <h2>{heading}</h2>
      {words.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </section>
  )
}

import { Layout } from './layout.tsx'
import { useReader } from './reader.ts'

export interface Message {
  heading: string
  words: string
  /** Is the address one of the API? Then its description is a way on. */
  forPrograms?: boolean
}

/** A page that has nothing to show but a sentence: not found, taken down, out of order. Never for search engines. */
export function MessagePage({ heading, words, forPrograms }: Message) {
  const { texts } = useReader()
  const { makeYourOwn, seeGallery, readApi } = texts.message
  const links = [
    { href: '/', words: makeYourOwn },
    { href: '/gallery', words: seeGallery },
    ...(forPrograms ? [{ href: '/docs', words: readApi }] : []),
  ]
  return (
    <Layout title={heading} head={<meta name="robots" content="noindex" />} class="message-page">
      <h1>{heading}</h1>
      <p>{words}</p>
      <Onward links={links} />
    </Layout>
  )
}

/** Links that look like buttons, the first as the main thing. */
export function Onward({ links }: { links: readonly { href: string; words: string }[] }) {
  const { to } = useReader()
  return (
    <p class="actions">
      {links.map(({ href, words }, i) => (
        <a class={i === 0 ? 'button primary' : 'button'} href={to(href)}>
          {words}
        </a>
      ))}
    </p>
  )
}

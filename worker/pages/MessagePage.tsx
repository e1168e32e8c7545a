import { Layout } from './Layout.tsx'

export interface Message {
  heading: string
  words: string
  /** Where to go from here, the first as the main thing. */
  links?: readonly { href: string; words: string }[]
}

const onward = [
  { href: '/', words: 'Make a face of your own' },
  { href: '/gallery', words: 'See the gallery' },
]

/** A page that has nothing to show but a sentence: not found, taken down, out of order. Never for search engines. */
export function MessagePage({ heading, words, links = onward }: Message) {
  return (
    <Layout
      title={`${heading} - FaceRefiner`}
      head={<meta name="robots" content="noindex" />}
      class="message-page"
    >
      <h1>{heading}</h1>
      <p>{words}</p>
      <Onward links={links} />
    </Layout>
  )
}

/** Links that look like buttons. */
export function Onward({ links = onward }: Pick<Message, 'links'>) {
  return (
    <p class="actions">
      {links.map(({ href, words }, i) => (
        <a class={i === 0 ? 'button primary' : 'button'} href={href}>
          {words}
        </a>
      ))}
    </p>
  )
}

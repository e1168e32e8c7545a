import { Layout } from './layout.tsx'
import { useReader } from './reader.ts'

/** Shown in a small window: Turnstile asks whether a person is there, and the page's script hands on what it says. */
export function CheckPage({ siteKey }: { siteKey: string }) {
  const { texts } = useReader()
  const { heading, words, failed, done } = texts.check
  return (
    <Layout title={heading} head={<meta name="robots" content="noindex" />} class="message-page">
      <h1>{heading}</h1>
      <p>{words}</p>
      <div id="check" data-sitekey={siteKey} data-failed={failed} data-done={done} />
      <p role="status" />
    </Layout>
  )
}

import { Layout } from './Layout.tsx'

/** Shown in a small window: Turnstile asks whether a person is there, and the page's script hands on what it says. */
export function CheckPage({ siteKey }: { siteKey: string }) {
  return (
    <Layout
      title="A short check - FaceRefiner"
      head={<meta name="robots" content="noindex" />}
      class="message-page"
    >
      <h1>A short check</h1>
      <p>It keeps robots from filling this service. Then this window closes by itself.</p>
      <div
        id="check"
        data-sitekey={siteKey}
        data-failed="The check could not be loaded. Close this window and try again."
        data-done="Thank you. You can close this window."
      />
      <p role="status" />
    </Layout>
  )
}

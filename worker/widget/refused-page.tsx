import { raw } from 'hono/html'

/** As the widget's protocol has it (client/app/widget/protocol.ts); a test holds the two together. */
const protocolVersion = 1

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100dvh; display: grid; place-items: center; }
  main { max-width: 28rem; padding: 1.5rem; overflow-wrap: anywhere; }
  h1 { margin: 0 0 0.5rem; font-size: 1.25rem; }
  p { margin: 0; }
`

export interface RefusedProps {
  code: string
  /** What was found, and what to do. */
  words: string
  /** Of the answer's content security policy. */
  nonce: string
}

/**
 * Stands in the frame where the app would. It needs nothing but itself, and tells the element around it, whose origin is
 * not known here and to whom it says no more than it shows.
 */
export function RefusedPage({ code, words, nonce }: RefusedProps) {
  const refusal = { facerefiner: 'refusal', version: protocolVersion, code, message: words }
  const message = JSON.stringify(refusal).replaceAll('<', '\\u003c')
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>FaceRefiner cannot be shown here</title>
        <style nonce={nonce}>{raw(style)}</style>
      </head>
      <body>
        <main>
          <h1>FaceRefiner cannot be shown here</h1>
          <p>{words}</p>
        </main>
        <script nonce={nonce}>{raw(`if (parent !== self) parent.postMessage(${message}, '*')`)}</script>
      </body>
    </html>
  )
}

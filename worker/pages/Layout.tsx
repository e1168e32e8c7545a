import type { Child } from 'hono/jsx'
import { Logo } from './Logo.tsx'

export interface LayoutProps {
  title: string
  /** More for the head: what search engines and previews of links read. */
  head?: Child
  /** Of the main element. */
  class: string
  children?: Child
}

/** Every page that the worker writes itself. Style and script have fixed names in the built client (vite.config.ts). */
export function Layout({ title, head, class: className, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        {head}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/share.css" />
        <script type="module" src="/share.js" />
      </head>
      <body>
        <a class="skip button" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="home" href="/">
            <Logo />
            FaceRefiner
          </a>
          <nav aria-label="Site">
            <a href="/gallery" aria-current={className === 'gallery' ? 'page' : undefined}>
              Gallery
            </a>
            <a href="/">Make your own</a>
          </nav>
        </header>
        <main id="main" class={className}>
          {children}
        </main>
        <footer>
          <p>
            Each face was made from one photo in its owner’s browser. The photo stayed there; the face was
            shared on purpose.
          </p>
        </footer>
      </body>
    </html>
  )
}

import type { Child } from 'hono/jsx'
import { languages, languageTags } from '../texts/languages.ts'
import { Logo } from './logo.tsx'
import { linkFor, useReader } from './reader.ts'
import { SiteFooter } from './site-footer.tsx'

export interface LayoutProps {
  title: string
  /** More for the head: what search engines and previews of links read. */
  head?: Child
  /** Of the main element. */
  class: string
  /** Address of the page without a language, where the page is more than its path. */
  here?: string
  children?: Child
}

/** Every page that the worker writes itself. Style and script have fixed names in the built client (vite.config.ts). */
export function Layout({ title, head, class: className, here = '', children }: LayoutProps) {
  const { reader, texts, to } = useReader()
  const { site } = texts
  return (
    <html lang={reader.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} - FaceRefiner`}</title>
        {head}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/share.css" />
        <script type="module" src="/share.js" />
      </head>
      <body>
        <a class="skip button" href="#main">
          {site.skip}
        </a>
        <header class="top">
          <a class="home" href={to('/')}>
            <Logo />
            FaceRefiner
          </a>
          <nav aria-label={site.nav}>
            <a href={to('/gallery')} aria-current={className === 'gallery' ? 'page' : undefined}>
              {site.gallery}
            </a>
            <a href={to('/')}>{site.makeYourOwn}</a>
          </nav>
        </header>
        <main id="main" class={className} tabindex={-1}>
          {children}
        </main>
        <footer>
          <p>{site.footer}</p>
          <SiteFooter />
          <nav class="languages" aria-label={site.languages}>
            {languageTags.map((tag) => (
              <a
                href={linkFor({ language: tag, chosen: true }, here)}
                lang={tag}
                hreflang={tag}
                rel="nofollow"
                aria-current={tag === reader.language ? 'true' : undefined}
              >
                {languages[tag].name}
              </a>
            ))}
          </nav>
        </footer>
      </body>
    </html>
  )
}

/** What previews of links and search engines want of a page that may be found. @param address without a language */
export function Shareable({
  address,
  title,
  description,
}: Record<'address' | 'title' | 'description', string>) {
  const { texts } = useReader()
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={address} />
      {languageTags.map((tag) => (
        <link rel="alternate" hreflang={tag} href={`${address}?lang=${tag}`} />
      ))}
      <link rel="alternate" hreflang="x-default" href={address} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="FaceRefiner" />
      <meta property="og:locale" content={texts.ogLocale} />
      <meta property="og:url" content={address} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta name="twitter:title" content={title} />
      <meta name="twitter:description" content={description} />
    </>
  )
}

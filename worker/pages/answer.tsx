import type { Context } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { App } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { languages, type Texts } from '../texts/languages.ts'
import { type Message, MessagePage } from './message-page.tsx'
import { ReaderContext, readerOf } from './reader.ts'

/** What JSX makes; none of the components here waits for anything. */
type Page = HtmlEscapedString | Promise<HtmlEscapedString>

/** Answers with a page in its reader's language; the doctype keeps browsers out of their quirks mode. */
export function answerPage(
  c: Context<App>,
  page: Page,
  headers: Record<string, string>,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const written = <ReaderContext.Provider value={readerOf(c)}>{page}</ReaderContext.Provider>
  return c.html(`<!doctype html>${written}`, status, headers)
}

/** What {@link answerError} is to programs, for people. */
export function answerErrorPage(error: Error, c: Context): Response | Promise<Response> {
  const apiError = error instanceof ApiError ? error : undefined
  const status = apiError?.status ?? ('status' in error ? (error.status as ContentfulStatusCode) : 500)
  if (status === 500) console.error(error)
  const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex', ...apiError?.headers }
  const { texts } = languages[readerOf(c).language]
  const page = <MessagePage {...messageOf(c.req.path, status, apiError, texts)} />
  return answerPage(c, page, headers, status as ContentfulStatusCode)
}

/** The API's sentences are for programs and their makers; people read these, in their language. */
function messageOf(path: string, status: number, error: ApiError | undefined, { message }: Texts): Message {
  const isFace = /^\/(r|api\/results)\/[^/]/.test(path)
  const byCode: Record<string, string> = {
    'bad-report': message.badReport(limits.reportLength),
    'bad-cursor': message.badCursor,
    'too-many-requests': message.tooMany(Number(error?.headers['retry-after'] ?? 60)),
    'not-configured': message.notConfigured,
    'no-check': message.noCheck,
  }
  const known = error && byCode[error.code]
  if (known) return { heading: message.failedHeading, words: known }
  if (status === 404 && isFace) return { heading: message.notFoundHeading, words: message.notFound }
  if (status === 404) return { heading: message.nothingHeading, words: message.nothing }
  if (status === 410) return { heading: message.takenDownHeading, words: message.takenDown }
  if (status < 500 && path.startsWith('/api/')) {
    return { heading: message.forProgramsHeading, words: message.forPrograms, forPrograms: true }
  }
  if (status === 405) return { heading: message.nothingHeading, words: message.notAllowed }
  const words = status === 403 || status === 413 ? message.refused : message.failed
  return { heading: message.failedHeading, words }
}

import type { Context } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { App } from '../env.ts'
import { ApiError } from '../errors.ts'
import { type Message, MessagePage } from './MessagePage.tsx'

/** What JSX makes; none of the components here waits for anything. */
type Page = HtmlEscapedString | Promise<HtmlEscapedString>

/** Answers with a page; the doctype keeps browsers out of their quirks mode. */
export function answerPage(
  c: Context<App>,
  page: Page,
  headers: Record<string, string>,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  return c.html(`<!doctype html>${page}`, status, headers)
}

/** What {@link answerError} is to programs, for people. */
export function answerErrorPage(error: Error, c: Context): Response | Promise<Response> {
  const apiError = error instanceof ApiError ? error : undefined
  const status = apiError?.status ?? ('status' in error ? (error.status as ContentfulStatusCode) : 500)
  if (status === 500) console.error(error)
  const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex', ...apiError?.headers }
  const page = <MessagePage {...messageOf(status, apiError)} />
  return answerPage(c, page, headers, status as ContentfulStatusCode)
}

function messageOf(status: number, error: ApiError | undefined): Message {
  if (status === 404) {
    const words =
      'The address may be mistyped, or the face has expired or was deleted by its owner. What is deleted does not come back.'
    return { heading: 'There is no face here', words }
  }
  if (status === 410) return { heading: 'This face was taken down', words: error!.hint }
  if (error) return { heading: 'That did not work', words: `${error.message} ${error.hint}` }
  const words = 'Something is out of order on our side. Please try again in a moment.'
  return { heading: 'That did not work', words }
}

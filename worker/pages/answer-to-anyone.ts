import type { Context } from 'hono'
import { answerError } from '../http/errors.ts'
import { answerErrorPage } from './answer.tsx'
import { wantsPage } from './wants-page.ts'

/** An error as whoever asks can read it: people get a page in their language, programs JSON. */
export async function answerToAnyone(error: Error, c: Context): Promise<Response> {
  const answer = await (wantsPage(c) ? answerErrorPage : answerError)(error, c)
  answer.headers.append('vary', 'accept, accept-language, sec-fetch-mode')
  return answer
}

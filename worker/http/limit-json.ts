import { bodyLimit } from 'hono/body-limit'
import { limits } from '../limits.ts'
import { ApiError } from './errors.ts'

/** Refuses a JSON body that is longer than any that the API takes. */
export const limitJson = bodyLimit({
  maxSize: limits.jsonBytes,
  onError: () => {
    throw new ApiError(
      413,
      'body-too-large',
      `The body is longer than ${limits.jsonBytes} bytes.`,
      'See /docs for what this takes.',
    )
  },
})

import { bodyLimit } from 'hono/body-limit'
import { limits } from '../limits.ts'
import { ApiError } from './errors.ts'

/** Refuses a JSON body that is longer than any that the API takes. */
export const limitJson = bodyLimit({
  maxSize: limits.jsonBytes,
  onError: () => {
    throw new ApiError({
      status: 413,
      code: 'body-too-large',
      message: `The body is longer than ${limits.jsonBytes} bytes.`,
      hint: 'See /docs for what this takes.',
    })
  },
})

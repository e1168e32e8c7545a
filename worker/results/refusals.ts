import { ApiError, notFound } from '../http/errors.ts'

// What is answered where a result does not stand as a request needs it (standing.ts).

export function noResult(): ApiError {
  return notFound('this address')
}

export function takenDown(): ApiError {
  return new ApiError({
    status: 410,
    code: 'taken-down',
    message: 'This result was taken down.',
    hint: 'It broke the rules or showed someone who did not agree to it. It does not come back.',
  })
}

export function alreadyPublished(): ApiError {
  return new ApiError({
    status: 409,
    code: 'already-published',
    message: 'This result is published; its parts stay as they are.',
    hint: 'Share a new result, and delete this one.',
  })
}

export function uploadTooOld(): ApiError {
  return new ApiError({
    status: 410,
    code: 'upload-too-old',
    message: 'This upload was begun more than a day ago.',
    hint: 'Begin a new one with POST /api/results.',
  })
}

export function busy(): ApiError {
  return new ApiError({
    status: 409,
    code: 'busy',
    message: 'It is being changed at this moment.',
    hint: 'Read it, then try again.',
    headers: { 'retry-after': '1' },
  })
}

/** @param why the sentence that says what it was used for */
export function keyUsed(why: string): ApiError {
  return new ApiError({
    status: 409,
    code: 'idempotency-key-used',
    message: `This Idempotency-Key was used before. ${why}`,
    hint: 'Send a new one: 32 random bytes as base64url.',
  })
}

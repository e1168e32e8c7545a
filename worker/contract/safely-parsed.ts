import { z } from 'zod'

const unreadable = z.never('It cannot be read')

/**
 * What `schema.safeParse` gives, without throwing. zod compares the `length` of whatever should be a text or a list before it
 * knows that it is one, and JSON can hold one that cannot be compared: `{"length":{"toString":1}}`.
 */
export function safelyParsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  try {
    return schema.safeParse(value)
  } catch {
    return unreadable.safeParse(undefined) as z.ZodSafeParseError<z.output<Schema>>
  }
}

import { z } from 'zod'
import { requestLimits as limits } from './limits.ts'
import { type PartName, partNames } from './parts.ts'
import { plainLine, plainLines } from './plain-text.ts'

// What travels between a page and the service. Both sides import this folder, which imports nothing of either.

const time = z.iso.datetime().meta({ description: 'UTC, ISO 8601', example: '2026-08-01T12:00:00.000Z' })
/** Whatever comes in as a text is a plain one. */
const text = z.string().overwrite(plainLine)
const title = text.max(limits.titleLength)
const description = `Shown with the result, at most ${limits.titleLength} characters.`
const visibility = z
  .enum(['unlisted', 'listed'])
  .meta({ description: 'Listed results stand in the gallery.' })
export type Visibility = z.infer<typeof visibility>

/** 128 random bits, base64url. */
export const resultId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/, 'An id has 22 characters.')
  .meta({ description: 'Id of a result: 128 random bits.', example: 'q83vEjRWeJASNFZ4kBI0Vg' })

export const partName = z.enum(partNames)

/** What a session may be used for. */
export const scopes = ['results:create', 'results:report'] as const
export type Scope = (typeof scopes)[number]

export const sessionRequest = z.strictObject({
  key: text.max(100).optional().meta({ description: 'The publishable key of a widget, pk_...' }),
  turnstile: text.max(2048).optional().meta({ description: 'Turnstile token, where the service asks.' }),
  scope: z
    .array(z.enum(scopes))
    .nonempty()
    .optional()
    .meta({ description: 'What the session is for; all by default.' }),
})
export const session = z.object({
  token: z.string().meta({ description: 'Send it as Authorization: Bearer ...' }),
  expiresIn: z.number().int().meta({ description: 'seconds' }),
  scope: z.array(z.enum(scopes)),
})

/** One part as it will be uploaded. */
const declaredPart = (name: PartName) =>
  z.strictObject({
    bytes: z.number().int().positive().max(limits.parts[name].maxBytes),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'A sha256 is 64 lower-case hex digits.'),
  })
export const declaredParts = z.strictObject({
  'texture.png': declaredPart('texture.png'),
  'face.glb': declaredPart('face.glb'),
  'preview.jpg': declaredPart('preview.jpg'),
  'record.json': declaredPart('record.json'),
  'sampled.png': declaredPart('sampled.png'),
  'head.glb': declaredPart('head.glb')
    .optional()
    .meta({ description: 'The whole head with its hair: shown instead of the face where there is one.' }),
  'photo.jpg': declaredPart('photo.jpg')
    .optional()
    .meta({ description: 'The photo, shown beside the result. Only where the visitor said so.' }),
})
export type DeclaredParts = z.infer<typeof declaredParts>

export const createHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'It is 32 random bytes as base64url: 43 characters.')
    .optional()
    .meta({
      description: '32 random bytes as base64url. A secret: id and owner token of the upload follow from it.',
    }),
})
export const createRequest = z.strictObject({ parts: declaredParts })
export const correctRequest = z.strictObject({
  parts: declaredParts
    .partial()
    .extend({
      'head.glb': declaredPart('head.glb')
        .nullable()
        .optional()
        .meta({ description: 'null takes the head back.' }),
      'photo.jpg': declaredPart('photo.jpg')
        .nullable()
        .optional()
        .meta({ description: 'null takes the photo back.' }),
    })
    .refine((parts) => Object.keys(parts).length > 0, 'Name at least one part.'),
})

export const upload = z.object({
  state: z.literal('pending'),
  id: resultId,
  created: time,
  deadline: time.meta({ description: 'Until then it must be published.' }),
  parts: z.array(
    z.object({
      name: partName,
      bytes: z.number().int(),
      sha256: z.string(),
      stored: z.boolean().meta({ description: 'Are the bytes there already?' }),
      url: z.string().meta({ description: 'PUT the bytes there.' }),
    }),
  ),
})
export type Upload = z.infer<typeof upload>

export const created = upload.extend({
  owner: z.string().meta({
    description: 'Owner token: told once. Whoever holds it can upload, publish, change, read all and delete.',
  }),
})

export const commitRequest = z.strictObject({
  title: title.optional().meta({ description }),
  visibility: visibility.optional(),
})

/** What everyone may know of a published result. */
export const result = z.object({
  state: z.literal('published'),
  id: resultId,
  title: z.string(),
  visibility,
  published: time,
  expires: time,
  textureSize: z.number().int().meta({ description: 'Side of the texture, texels.' }),
  visiblePsnr: z.number().nullable().meta({ description: 'Recomputed at publishing, dB.' }),
  page: z.string().meta({ description: 'Address of its page.' }),
  parts: z.array(z.object({ name: partName, bytes: z.number().int(), sha256: z.string(), url: z.string() })),
})
export type Result = z.infer<typeof result>

export const changeRequest = z.strictObject({
  title: title.optional().meta({ description }),
  visibility: visibility.optional(),
  days: z
    .number()
    .int()
    .min(1)
    .max(limits.maxDays)
    .optional()
    .meta({ description: 'Let it live this many days from now.' }),
})

/** Somebody may be harmed while it is shown: moderators see these first, in this order. */
export const seriousReasons = ['minor', 'illegal', 'not-my-consent'] as const
export const reportReasons = [...seriousReasons, 'copyright', 'other'] as const
export const reportRequest = z.strictObject({
  reason: z.enum(reportReasons),
  text: z.string().overwrite(plainLines).max(limits.reportLength).optional(),
})
export type ReportReason = z.infer<typeof reportRequest>['reason']

export const galleryQuery = z.strictObject({
  cursor: text.max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(limits.maxPageSize).optional(),
})
export const galleryEntry = z.object({
  id: resultId,
  title: z.string(),
  published: time,
  textureSize: z.number().int(),
  preview: z.string().meta({ description: 'Address of the preview image.' }),
  glb: z.string().meta({ description: 'Address of what is shown in 3D: the head, or the face.' }),
  page: z.string(),
})
export type GalleryEntry = z.infer<typeof galleryEntry>
export const gallery = z.object({
  results: z.array(galleryEntry),
  cursor: z.string().nullable().meta({ description: 'Asks for the next page; null on the last.' }),
})

/** Id of a report: its reason and a hash of who reported, or of older ones their time and chance. */
export const reportId = z
  .string()
  .regex(new RegExp(`^((${reportReasons.join('|')})-[0-9a-f]{16}|[0-9TZ:.-]{24}-[A-Za-z0-9_-]{8})$`))
export const reportsQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}\/[A-Za-z0-9_:.-]{1,60}$/, 'This is no cursor of the reports.')
    .optional(),
})
export const reports = z.object({
  reports: z.array(
    z.object({
      id: resultId,
      report: z.string().meta({ description: 'Id of the report.' }),
      reported: time,
      reason: reportRequest.shape.reason,
      text: z.string(),
    }),
  ),
  cursor: z.string().nullable(),
})
export const takeDownRequest = z.strictObject({ reason: text.min(1).max(200) })

export const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  models: time.meta({ description: 'When the model files were put there.' }),
  results: z.literal('ok'),
  quota: z.literal('ok'),
  writes: z.enum(['ready', 'not-configured']),
})

export const config = z.object({
  turnstile: z.boolean().meta({ description: 'A session needs a Turnstile token; /check shows the check.' }),
})

/** Every error that the service answers. */
export const errorBody = z.object({
  error: z.object({
    code: z.string().meta({ description: 'For programs.' }),
    message: z.string().meta({ description: 'What was found.' }),
    hint: z.string().meta({ description: 'What to do.' }),
    part: partName.optional().meta({ description: 'The part of an upload that it is about.' }),
  }),
})
export type ErrorBody = z.infer<typeof errorBody>

import { knownModels } from '../../../worker/results/known-models.ts'
import type { PartBytes } from '../../../worker/validation/validate.ts'
import { validate } from '../../../worker/validation/validate.ts'

/** The validation alone: of the parts in a form, as often as the address says. */
export default {
  async fetch(request: Request, env: Cloudflare.Env): Promise<Response> {
    const known = await knownModels(env)
    const parts: [string, Uint8Array][] = []
    for (const [name, part] of await request.formData()) {
      parts.push([name, new Uint8Array(await (part as File).arrayBuffer())])
    }
    const times = Number(new URL(request.url).searchParams.get('times'))
    for (let i = 0; i < times; i++) await validate(Object.fromEntries(parts) as PartBytes, known)
    return new Response('valid')
  },
}

export { DailyQuota } from '../../../worker/metering/daily-quota.ts'

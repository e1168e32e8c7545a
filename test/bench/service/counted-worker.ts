import worker from '../../../worker/index.ts'

export { DailyQuota } from '../../../worker/metering/daily-quota.ts'

/** What a request costs besides CPU, in the units that are billed. */
export interface Counts {
  requests: number
  /** Writes and lists of R2. */
  classA: number
  /** Reads of R2. */
  classB: number
  /** Calls of Durable Objects. */
  objectCalls: number
  bytesOut: number
}

const none = (): Counts => ({ requests: 0, classA: 0, classB: 0, objectCalls: 0, bytesOut: 0 })
let counts = none()

const classes: Readonly<Record<string, 'classA' | 'classB'>> = {
  put: 'classA',
  list: 'classA',
  createMultipartUpload: 'classA',
  get: 'classB',
  head: 'classB',
}

/** The worker with its buckets and objects counted; /__counts answers the counts and starts anew. */
export default {
  async fetch(request: Request, env: Cloudflare.Env, context: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname === '/__counts') {
      const last = counts
      counts = none()
      return Response.json(last)
    }
    counts.requests++
    const counted = { ...env, MODELS: countedBucket(env.MODELS), RESULTS: countedBucket(env.RESULTS) }
    const response = await worker.fetch(
      request as never,
      { ...counted, QUOTA: countedObjects(env.QUOTA) },
      context,
    )
    const body = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          counts.bytesOut += chunk.length
          controller.enqueue(chunk)
        },
      }),
    )
    return new Response(body, response)
  },
}

function countedBucket(bucket: R2Bucket): R2Bucket {
  return new Proxy(bucket, {
    get(target, name) {
      const kind = classes[String(name)]
      if (kind) counts[kind]++
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function countedObjects(namespace: Cloudflare.Env['QUOTA']): Cloudflare.Env['QUOTA'] {
  return new Proxy(namespace, {
    get(target, name) {
      if (name === 'get') counts.objectCalls++
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

import type { cloudflareTest } from '@cloudflare/vitest-plugin'

/**
 * The worker in workerd with secrets of its own. What it fetches from elsewhere is Turnstile's siteverify alone: it is
 * answered here as Cloudflare documents it, a token being good once.
 */
export const workerUnderTest = {
  wrangler: { configPath: './wrangler.toml' },
  miniflare: {
    bindings: {
      ENVIRONMENT: 'development',
      SESSION_SECRET: 'local-session-secret-of-the-tests-0123456789',
      SESSION_SECRET_PREVIOUS: 'local-session-secret-before-0123456789abcd',
      ADMIN_TOKEN: 'local-admin-token-of-the-tests-0123456789abc',
      TURNSTILE_SECRET: '',
    },
    outboundService: siteverify,
  },
} satisfies Parameters<typeof cloudflareTest>[0]

const used = new Set<string>()

async function siteverify(request: { url: string; formData(): Promise<unknown> }): Promise<never> {
  const { Response } = await import('miniflare')
  if (request.url !== 'https://challenges.cloudflare.com/turnstile/v0/siteverify') {
    return new Response('Nothing else is fetched.', { status: 500 }) as never
  }
  const form = (await request.formData()) as { get(name: string): string | null }
  const token = form.get('response') ?? ''
  const success = form.get('secret') === 'turnstile-secret' && token.startsWith('good') && !used.has(token)
  const codes = success ? [] : [used.has(token) ? 'timeout-or-duplicate' : 'invalid-input-response']
  used.add(token)
  return Response.json({ success, 'error-codes': codes, hostname: 'localhost' }) as never
}

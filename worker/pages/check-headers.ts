/** Where Turnstile's script and frame come from. */
const turnstile = 'https://challenges.cloudflare.com'

/**
 * Headers of the page that shows Turnstile, the only one with a script from elsewhere. That script does not run in a
 * cross-origin isolated page, so this one is not; it holds nothing but the check.
 */
export const checkHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    `script-src 'self' ${turnstile}`,
    `frame-src ${turnstile}`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'unsafe-none',
  'cross-origin-embedder-policy': 'unsafe-none',
  // Turnstile looks whether the site key belongs to this host.
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cache-control': 'no-store',
}

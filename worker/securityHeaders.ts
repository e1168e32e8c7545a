import type { MiddlewareHandler } from 'hono'

/**
 * Scripts and styles come from this origin only; WebAssembly may be compiled; plug-ins are out.
 *
 * @param frameAncestors origins whose pages may frame this one; none by default
 */
const contentSecurityPolicy = (frameAncestors: readonly string[] = []) =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self' blob: data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors.join(' ') || "'none'"}`,
  ].join('; ')

const headers: Record<string, string> = {
  'content-security-policy': contentSecurityPolicy(),
  // Together they make the page cross-origin isolated: shared memory, and so threads in WebAssembly.
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
}

/**
 * Headers of the widget's document and of its worker's script. The pages of the key's origins may frame them, and inside
 * such a frame they are cross-origin isolated of their own accord, whatever the page around them is.
 *
 * @param origins of the widget key, e.g. `['https://shop.example']`
 */
export function widgetHeaders(origins: readonly string[]): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(origins),
    'cross-origin-embedder-policy': 'credentialless',
    'cross-origin-resource-policy': 'cross-origin',
    'document-isolation-policy': 'isolate-and-credentialless',
  }
}

/** Puts the security headers on every answer, static files included; a route may set its own. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(headers)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
}

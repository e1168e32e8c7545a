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
 * Headers of the widget's document. The pages of the key's origins may frame it, and inside such a frame it is cross-origin
 * isolated of its own accord, whatever the page around it is.
 *
 * @param origins of the widget key, e.g. `['https://shop.example']`
 */
export function widgetHeaders(origins: readonly string[]): Record<string, string> {
  return {
    ...workerHeaders,
    'content-security-policy': contentSecurityPolicy(origins),
    'cross-origin-resource-policy': 'cross-origin',
  }
}

/**
 * Headers of the scripts that the page and the widget's frame start as workers: in the frame's they must isolate as its
 * document does, in the page's it is enough that they do.
 */
export const workerHeaders: Record<string, string> = {
  'cross-origin-embedder-policy': 'credentialless',
  'document-isolation-policy': 'isolate-and-credentialless',
}

/** Headers of a script that pages of any site may load, isolated ones too. */
export const anySiteHeaders: Record<string, string> = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

/** Puts the security headers on every answer, static files included; a route may set its own. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(headers)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
}

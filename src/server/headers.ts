// What every answer tells the browser to refuse: whatever is not this server's own.
import type { FastifyReply } from 'fastify';

/**
 * No inline styles are needed: React and the libraries beside it set them through the CSSOM, which
 * the policy does not govern, and the build puts style sheets into files. `connect-src` names the
 * socket, as not every browser counts ws: to 'self'.
 * @param host as the request named it, already known to be ours.
 */
function policy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self' ws://${host}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** For files of other people's making: shown, and nothing in them runs or loads. */
export const inertPolicy =
  "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

export function setSecurityHeaders(reply: FastifyReply, host: string | undefined): void {
  reply.headers({
    'content-security-policy': host === undefined ? inertPolicy : policy(host),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'x-dns-prefetch-control': 'off',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    // Answers that have nothing to say of it are kept nowhere.
    'cache-control': 'no-store',
  });
}

// `ocelli-app://app/…`: the window's own files, out of out/renderer and nowhere else, with the rules
// that Chromium holds the page to.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Session } from 'electron';
import { appScheme, photoScheme } from './addresses.ts';
import { notFound } from './responses.ts';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  `img-src 'self' ${photoScheme}: data: blob:`,
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export function servePage(session: Session, folder: string): void {
  session.protocol.handle(appScheme, (request) => answer(new URL(request.url), folder));
}

async function answer({ host, pathname }: URL, folder: string): Promise<Response> {
  const type = types[extname(pathname)];
  // Plain names only: no percent sign that could hide a slash, no segment that begins with a dot.
  const plain = /^(\/[\w-][\w.-]*)+$/.test(pathname);
  if (host !== 'app' || !plain || type === undefined) return notFound();
  const bytes = await readFile(join(folder, pathname)).catch(() => undefined);
  if (bytes === undefined) return notFound();
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
    },
  });
}

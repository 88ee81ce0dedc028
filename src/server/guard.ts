// What a request must show before anything else looks at it: that it means this server (Host), that
// no foreign page sent it (Origin, Sec-Fetch-Site), and that its sender was given the link (cookie).
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './access.ts';
import { setSecurityHeaders } from './headers.ts';
import { isOwnHost } from './ownHosts.ts';
import { sendPage } from './pages.ts';

/** Browsers forget cookies after 400 days at the latest. */
const cookieSeconds = 400 * 24 * 60 * 60;

export interface Guard {
  readonly access: Access;
  /** What the server was told to listen on. */
  readonly host: string;
}

/** Answers the request itself where it may not pass. */
export async function guard(
  { access, host }: Guard,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const own = isOwnHost(request.headers.host, request.raw.socket, host);
  setSecurityHeaders(reply, own ? request.headers.host : undefined);
  if (request.headers.upgrade !== undefined) hangUpAfter(request, reply);
  if (!own) return sendPage(reply, 403, 'wrongHost');
  if (!isFromOwnPage(request)) return sendPage(reply, 403, 'foreignPage');
  const token = tokenInLink(request);
  // Cookies do not know ports: by its name, two libraries on one machine can be open at once.
  const cookie = `ocelli-${request.raw.socket.localPort}`;
  if (token !== undefined && access.accepts(token)) {
    reply.setCookie(cookie, access.cookie, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      maxAge: cookieSeconds,
    });
    return reply.redirect('/', 303);
  }
  const brought = request.server.parseCookie(request.headers.cookie ?? '')[cookie];
  if (!access.admits(brought)) return sendPage(reply, 401, 'noToken');
  return token === undefined ? undefined : reply.redirect('/', 303);
}

/**
 * Node lets go of a connection that wants to become a socket: nobody else would end one that is
 * refused. One that becomes a socket has no answer that could finish.
 */
function hangUpAfter({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once('finish', () => raw.socket.destroySoon());
}

/** The link leads to the first page and nowhere else. */
function tokenInLink(request: FastifyRequest): string | undefined {
  const url = request.raw.url ?? '';
  if (request.method !== 'GET' || !url.startsWith('/?')) return undefined;
  return new URLSearchParams(url.slice(2)).get('token') ?? undefined;
}

/**
 * A page of another port of this machine is "same-site": its requests carry the cookie. Browsers
 * name the origin wherever something could be changed, and say of loads where they come from; a
 * person may follow a link from anywhere.
 */
function isFromOwnPage({ headers, method }: FastifyRequest): boolean {
  if (headers.upgrade !== undefined || (method !== 'GET' && method !== 'HEAD')) {
    return headers.origin === `http://${headers.host}`;
  }
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  return isOwn || headers['sec-fetch-mode'] === 'navigate';
}

// Who gets in: whoever has the link, by its own name, from its own pages. Nobody else gets anything.
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Access } from '../../../src/server/access.ts';
import { tokenFile, tokenOf } from '../../../src/server/token.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { ask, cookieFor, servedLibrary, token, upgradeHeaders } from './support.ts';

const library = servedLibrary();

const routes = [
  '/',
  '/index.html',
  '/assets/index-B3fc_9aQ.js',
  '/socket',
  `/thumbnails/${'a'.repeat(64)}`,
  '/originals/1',
  '/nothing',
  '/%zz',
  '//',
  '/?token=wrong',
  `/index.html?token=${token}`,
  `//elsewhere.example/?token=${token}`,
];

describe('without the link', () => {
  it.each(routes)('%s is closed, and says how to open it', async (path) => {
    const { status, headers, body } = await library.get(path);
    expect(status).toBe(401);
    expect(headers['set-cookie']).toBeUndefined();
    expect(body.toString()).toContain('use the link that Ocelli printed');
  });

  it.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    '%s is closed as well',
    async (method) => {
      const { origin, server } = library;
      const { status } = await ask(server.port, '/', { origin }, method);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  it('a wrong cookie, an empty one and one of another port open nothing', async () => {
    const name = `ocelli-${library.server.port}`;
    for (const cookie of [`${name}=${token}x`, `${name}=`, `ocelli-1=${token}`, '=;;=', token]) {
      expect((await library.get('/', { cookie })).status).toBe(401);
    }
  });

  it('no socket is opened', async () => {
    const headers = { ...upgradeHeaders, origin: library.origin };
    expect((await library.get('/socket', headers)).status).toBe(401);
    expect((await library.get('/', headers)).status).toBe(401);
  });
});

it.each(['/socket', '/%zz', '/nothing'])(
  'who is refused a socket at %s is hung up on',
  async (path) => {
    const wire = connect(library.server.port, '127.0.0.1');
    wire.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    wire.resume();
    await once(wire, 'end');
    wire.destroy();
  },
);

describe('with the link', () => {
  it('a cookie is set that scripts and other sites cannot use, and the token leaves the address', async () => {
    const { status, headers } = await library.get(`/?token=${token}`);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['cache-control']).toBe('no-store');
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    const page = await library.get('/', { cookie: cookie.split(';')[0] ?? '' });
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('<title>Ocelli</title>');
  });

  it('an old token does not shut out who is in already', async () => {
    const { status, headers } = await library.admitted('/?token=old');
    expect([status, headers.location]).toEqual([303, '/']);
  });

  it('a ticket opens once', async () => {
    const path = library.server.ticketLink().replace(library.origin, '');
    expect(path).not.toContain(token);
    expect((await library.get(path)).status).toBe(303);
    expect((await library.get(path)).status).toBe(401);
  });

  it('what can be sent is limited to what is there', async () => {
    const { server, origin, cookie } = library;
    expect((await ask(server.port, '/', { origin, cookie }, 'POST')).status).toBe(404);
    expect((await library.admitted('/nothing')).status).toBe(404);
    expect((await library.admitted('/%zz')).status).toBe(400);
    expect((await library.admitted('/socket')).status).toBe(404);
  });
});

describe('under another name', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil:PORT',
    '[::1]:PORT',
    '0.0.0.0:PORT',
  ])('%s gets nothing, not even with the cookie', async (name) => {
    const host = name.replace('PORT', String(library.server.port));
    const { status, body } = await library.admitted('/', { host });
    expect(status).toBe(403);
    expect(body.toString()).not.toContain('<title>Ocelli</title>');
  });

  it('localhost is a name of its own', async () => {
    const host = `LocalHost:${library.server.port}`;
    expect((await library.admitted('/', { host })).status).toBe(200);
  });
});

describe('from a foreign page', () => {
  const foreign = ['http://evil.example', 'http://127.0.0.1:1', 'http://localhost', 'null', ''];

  it.each(foreign)('“%s” opens no socket', async (origin) => {
    const { status } = await library.admitted('/socket', { ...upgradeHeaders, origin });
    expect(status).toBe(403);
  });

  it('a socket without an origin is not opened, one of its own is', async () => {
    expect((await library.admitted('/socket', upgradeHeaders)).status).toBe(403);
    const { origin } = library;
    expect((await library.admitted('/socket', { ...upgradeHeaders, origin })).status).toBe(101);
  });

  it.each(foreign)('“%s” sends nothing', async (origin) => {
    const headers = { origin, cookie: cookieFor(library.server) };
    expect((await ask(library.server.port, '/originals/1', headers, 'POST')).status).toBe(403);
  });

  it.each(['same-site', 'cross-site'])('pictures are not embedded in a %s page', async (site) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' };
    expect((await library.admitted('/originals/1', headers)).status).toBe(403);
    const followed = { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' };
    expect((await library.admitted('/', followed)).status).toBe(200);
  });
});

it.each(['/', '/nothing', '/originals/1', '/%zz'])('%s is sent with its locks on', async (path) => {
  for (const { headers } of [await library.get(path), await library.admitted(path)]) {
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; /);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

describe('the renderer', () => {
  it('is asked for again each time, its hashed assets never', async () => {
    const page = await library.admitted('/');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['content-security-policy']).toContain(
      `ws://127.0.0.1:${library.server.port}`,
    );
    const asset = await library.admitted('/assets/index-B3fc_9aQ.js');
    expect(asset.headers['cache-control']).toContain('immutable');
    expect(asset.headers['content-type']).toContain('javascript');
  });

  it.each([
    '/.secret',
    '/../data/catalog.sqlite',
    '/..%2fdata%2fcatalog.sqlite',
    '/%2e%2e/data/catalog.sqlite',
    '/assets/../../data/catalog.sqlite',
    '/..\\data\\catalog.sqlite',
    '/index.html%00.js',
  ])('does not lead to %s', async (path) => {
    const { status, body } = await library.admitted(path);
    expect([400, 403, 404]).toContain(status);
    expect(body.toString()).not.toMatch(/SQLite|not for anyone/);
  });
});

describe('the token', () => {
  it('is made once for a data folder, and is its owner’s alone', async () => {
    const folder = temporaryFolder();
    const made = await tokenOf(folder);
    expect(made).toMatch(/^[\w-]{43}$/);
    expect(await tokenOf(folder)).toBe(made);
    expect(statSync(join(folder, tokenFile)).mode & 0o777).toBe(0o600);
    expect(await tokenOf(temporaryFolder())).not.toBe(made);
  });

  it('a ticket for it ends after a minute', () => {
    let now = 0;
    const access = new Access(token, () => now);
    const ticket = access.ticket();
    now = 60_000;
    expect(access.accepts(ticket)).toBe(false);
    expect(access.accepts(token)).toBe(true);
  });
});

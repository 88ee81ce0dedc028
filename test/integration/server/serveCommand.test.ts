// `ocelli serve` as people start it: the link it prints, who may join, and how it ends.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { copyPhotos } from '../../support/photos.ts';
import { ocelliExpecting, type Running, startOcelli } from '../../support/runOcelli.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { writeRenderer } from './support.ts';

const folder = temporaryFolder();
const data = join(folder, 'data');
const photos = copyPhotos(join(folder, 'photos'), ['coffee.png', 'china.jpg']);
// The pages themselves are not what is tested here.
const renderer = writeRenderer(join(folder, 'renderer'));
const running: Running[] = [];

beforeAll(async () => {
  await ocelliExpecting(0, ['--data', data, 'index', '--quiet', photos]);
});

afterEach(async () => {
  for (const { process, ended } of running.splice(0)) {
    process.kill('SIGTERM');
    await ended;
  }
});

/** Waits for the link. @returns with what it printed until then. */
async function serve(args: readonly string[] = [], env = {}) {
  const started = startOcelli(['--data', data, 'serve', '--renderer', renderer, ...args], {
    env: { ...process.env, ...env },
  });
  running.push(started);
  let stdout = '';
  started.process.stdout?.on('data', (part: Buffer) => {
    stdout += part.toString();
  });
  let over = false;
  started.ended.then(() => {
    over = true;
  });
  await waitUntil('the link is printed', () => over || /token=\S+\n/.test(stdout));
  const [link = ''] = /http:\S+/.exec(stdout) ?? [];
  return { ...started, link };
}

describe('ocelli serve', () => {
  it('prints a link that opens the library, lets other terminals join, and ends at Ctrl-C', async () => {
    const { link, process, ended } = await serve();
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const opened = await fetch(link, { redirect: 'manual' });
    const [cookie = ''] = opened.headers.getSetCookie();
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect((await fetch(new URL('/', link), { headers })).status).toBe(200);
    expect((await fetch(new URL('/', link))).status).toBe(401);
    const found = await ocelliExpecting(0, ['--data', data, 'search', '--paths', 'coffee']);
    expect(found.stdout).toContain(join(photos, 'coffee.png'));
    // The group of a terminal gets it twice: once itself, once handed on.
    process.kill('SIGINT');
    process.kill('SIGINT');
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
    await expect(fetch(link)).rejects.toThrow();
    expect((await serve(['--port', new URL(link).port])).link).toBe(link);
  });

  it('says plainly that --host lets the network in', async () => {
    const { link, stderr } = await serve(['--host', '0.0.0.0', '--port', String(await freePort())]);
    expect(stderr()).toContain('reachable over the network, without encryption');
    expect(new URL(link).hostname).toBe('127.0.0.1');
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
  });

  it('refuses a port that is taken, and one that is none', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await waitUntil('it listens', () => taken.listening);
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const base = ['--data', data, 'serve', '--renderer', renderer, '--port'];
    const { stderr } = await ocelliExpecting(4, [...base, port]);
    expect(stderr).toContain('[PORT_TAKEN]');
    taken.close();
    await ocelliExpecting(2, [...base, '70000']);
  });

  it('opens the browser by a link that is worth nothing to who reads it later', async () => {
    const bin = join(folder, 'bin');
    const told = join(folder, 'told');
    mkdirSync(bin);
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" > "${told}"\n`);
    chmodSync(join(bin, 'xdg-open'), 0o755);
    const { link } = await serve(['--open'], { PATH: `${bin}:${process.env['PATH']}` });
    await waitUntil('a browser is opened', () => existsSync(told) && readFileSync(told).length > 0);
    const shown = readFileSync(told, 'utf8').trim();
    expect(new URL(shown).origin).toBe(new URL(link).origin);
    expect(shown).not.toBe(link);
    expect((await fetch(shown, { redirect: 'manual' })).status).toBe(303);
    expect((await fetch(shown, { redirect: 'manual' })).status).toBe(401);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await waitUntil('it listens', () => probe.listening);
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

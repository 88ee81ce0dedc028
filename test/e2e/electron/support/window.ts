// The app in a real Electron, on the tiny model, as a person starts it; and the bridge as the page
// sees it.
/// <reference lib="dom" />
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterEach } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../../../src/shared/contract.ts';
import type { PlainError } from '../../../../src/shared/errors.ts';
import type { PreloadBridge } from '../../../../src/shared/host.ts';
import { tinyModel } from '../../../support/photos.ts';
import { appEntry } from './buildApp.ts';
import { sandboxArguments } from './electronHere.ts';
import { ready } from './findElectron.ts';

/** The page's global scope, as far as tests reach into it. */
export interface PageScope {
  readonly ocelli: PreloadBridge;
}

export interface OpenWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the app and its workers have written there. */
  stderr(): string;
  close(): Promise<void>;
}

const open = new Set<OpenWindow>();

afterEach(async () => {
  await Promise.all([...open].map((window) => window.close()));
});

export function startArguments(...more: string[]): string[] {
  return [...sandboxArguments(), appEntry, ...more];
}

export function startEnvironment(dataFolder: string): Record<string, string> {
  const { display } = ready();
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    // Set by vitest for itself; Electron is no test.
    value === undefined || name.startsWith('VITEST') || name === 'NODE_ENV' ? [] : [[name, value]],
  );
  return {
    ...Object.fromEntries(inherited),
    ...(display === undefined ? {} : { DISPLAY: display }),
    OCELLI_DATA: dataFolder,
    OCELLI_MODEL: tinyModel,
    OCELLI_DIAGNOSTICS: '1',
    // No test starts with somebody's session.
    XDG_CONFIG_HOME: `${dataFolder}-config`,
  };
}

/** @param args handed to the app, such as a link. */
export async function openWindow(dataFolder: string, ...args: string[]): Promise<OpenWindow> {
  const app = await launch(dataFolder, ...args);
  // Else runs would step back behind all other tests.
  await tellIdleness(app, 600);
  const said: Buffer[] = [];
  app.process().stderr?.on('data', (part: Buffer) => said.push(part));
  const page = await app.firstWindow();
  await page.waitForLoadState();
  const window: OpenWindow = {
    app,
    page,
    stderr: () => Buffer.concat(said).toString(),
    async close() {
      if (open.delete(window)) await app.close();
    },
  };
  open.add(window);
  return window;
}

/** Has the system tell the app that nobody has used the machine for so many seconds. */
export async function tellIdleness(app: ElectronApplication, seconds: number): Promise<void> {
  await app.evaluate(({ powerMonitor }, told) => {
    powerMonitor.getSystemIdleTime = () => told;
  }, seconds);
}

/** For what has no window at first; the test closes it. */
export function launch(dataFolder: string, ...args: string[]): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: ready().program,
    args: startArguments(...args),
    env: startEnvironment(dataFolder),
    // Playwright would otherwise have every page believe that the theme is light.
    colorScheme: null,
  });
}

export async function call<Name extends CallName>(
  { page }: OpenWindow,
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  const answer = page.evaluate(
    async (asked) => (globalThis as unknown as PageScope).ocelli.call(asked.name, asked.input),
    { name, input },
  );
  return (await answer) as CallOutput<Name>;
}

/** What the page is told where a call is refused. */
export function refusal(
  { page }: OpenWindow,
  channel: 'call' | 'host',
  name: string,
  input: unknown,
): Promise<PlainError | 'no refusal'> {
  return page.evaluate(
    async (asked) => {
      const { ocelli } = globalThis as unknown as PageScope;
      return ocelli[asked.channel](asked.name, asked.input).then(
        () => 'no refusal' as const,
        ({ code, message }: PlainError) => ({ code, message }),
      );
    },
    { channel, name, input },
  );
}

/** Status, headers and length of what one of the app's own protocols answers. */
export function fetchIn(
  { app }: OpenWindow,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, string>; bytes: number }> {
  return app.evaluate(
    async ({ net }, asked) => {
      const response = await net.fetch(asked.url, { headers: asked.headers });
      const headers: Record<string, string> = {};
      response.headers.forEach((value, name) => {
        headers[name] = value;
      });
      return {
        status: response.status,
        headers,
        bytes: (await response.arrayBuffer()).byteLength,
      };
    },
    { url, headers },
  );
}

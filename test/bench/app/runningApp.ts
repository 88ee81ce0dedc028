// The app as it is bundled, in a real Electron, as a person starts it; and what can be read of its
// processes from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { _electron, chromium, type ElectronApplication, type Page } from 'playwright-core';
import type { Delays } from '../../../src/main/diagnostics.ts';
import { appEntry } from '../../e2e/electron/support/buildApp.ts';
import { sandboxArguments } from '../../e2e/electron/support/electronHere.ts';
import { cpuSecondsOf } from '../processTree.ts';

/** What is needed to start it. */
export interface AppHere {
  readonly program: string;
  readonly display: string | undefined;
}

function environment({ display }: AppHere, dataFolder: string): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    ...Object.fromEntries(inherited),
    ...(display === undefined ? {} : { DISPLAY: display }),
    OCELLI_DATA: dataFolder,
    OCELLI_DIAGNOSTICS: '1',
    // Nothing is started with somebody's session.
    XDG_CONFIG_HOME: `${dataFolder}-config`,
  };
}

/** The app with its main process within reach. */
export interface RunningApp {
  readonly app: ElectronApplication;
  /** Undefined where it was started out of sight. */
  readonly page: Page | undefined;
  /** How long the main process was held up since the last reset. */
  delays(): Promise<Delays>;
  resetDelays(): Promise<void>;
  /** CPU seconds so far of the processes that draw: the page's, and the one that puts it on screen. */
  drawingCpuSeconds(): Promise<number | undefined>;
  readonly pid: number;
  close(): Promise<void>;
}

export async function startApp(
  here: AppHere,
  dataFolder: string,
  { hidden = false } = {},
): Promise<RunningApp> {
  const app = await _electron.launch({
    executablePath: here.program,
    args: [...sandboxArguments(), appEntry, ...(hidden ? ['--hidden'] : [])],
    env: environment(here, dataFolder),
    colorScheme: null,
  });
  const page = hidden ? undefined : await app.firstWindow();
  return {
    app,
    page,
    pid: app.process().pid ?? 0,
    async delays() {
      const delays = await app.evaluate(() => globalThis.ocelliDiagnostics?.delays());
      if (!delays) throw new Error('the app was started without its diagnostics');
      return delays;
    },
    resetDelays: () => app.evaluate(() => globalThis.ocelliDiagnostics?.reset()),
    async drawingCpuSeconds() {
      const metrics = await app.evaluate(({ app }) => app.getAppMetrics());
      const drawing = metrics.filter(({ type }) => type === 'Tab' || type === 'GPU');
      const seconds = drawing.map(({ pid }) => cpuSecondsOf(pid));
      return seconds.includes(undefined)
        ? undefined
        : seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    },
    close: () => app.close(),
  };
}

/** A start as natural as it can be: nothing is attached to the main process. */
export interface PlainStart {
  /** When the process was asked for, milliseconds since 1970. */
  readonly at: number;
  readonly pid: number;
  readonly page: Page;
  close(): Promise<void>;
}

export async function startPlainly(here: AppHere, dataFolder: string): Promise<PlainStart> {
  const at = Date.now();
  const child = spawn(
    here.program,
    [...sandboxArguments(), '--remote-debugging-port=0', appEntry],
    { env: environment(here, dataFolder), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const browser = await chromium.connectOverCDP(await debuggingAddress(child));
  const context = browser.contexts()[0];
  if (!context) throw new Error('the app has no browser context');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return {
    at,
    pid: child.pid ?? 0,
    page,
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await browser.close();
    },
  };
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString();
      const [, address] = /DevTools listening on (ws:\/\/\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the app ended (status ${code}): ${said}`)));
  });
}

// Scrolling through a large library in a real browser: frames a second, and how long tiles stay blank.
// By itself: node test/bench/scrolling.ts [--quick] [--patience SECONDS]
/// <reference lib="dom" />
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { systemPackages } from '../../scripts/systemPackages.mjs';
import { buildApp } from '../e2e/electron/support/buildApp.ts';
import { cache, entry, repository } from './places.ts';
import { machineCpuSeconds } from './processTree.ts';
import { untilQuiet } from './quietMachine.ts';
import { scrollingText } from './scrollingText.ts';
import { type ScrollLibrary, writeScrollLibrary } from './scrollLibrary.ts';
import { installProbe, type Probe, type ProbeReport } from './scrollProbe.ts';
import { median, percentile } from './statistics.ts';

export interface FrameFigures {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly perSecond: number;
}

export interface ScrollFigures {
  readonly library: ScrollLibrary;
  /** Share of the processor that was in use just before; undefined where there is no /proc. */
  readonly busyBefore: number | undefined;
  /** An empty page, idle: what the machine's rendering allows. */
  readonly control: FrameFigures;
  readonly steady: FrameFigures & {
    readonly pixelsPerSecond: number;
    readonly tilesSeen: number;
    readonly longestBlankMs: number;
    readonly blankFrames: number;
    readonly longestTaskMs: number;
  };
  /** Clicks on the scrubber, each to months that were not loaded. */
  readonly jumps: {
    readonly count: number;
    /** Until all tiles of the window have their pictures. */
    readonly medianMs: number;
    readonly worstMs: number;
  };
  /** A jump into the fullest month. */
  readonly flood: {
    readonly fullAfterMs: number;
    readonly longestTaskMs: number;
    readonly longestFrameMs: number;
  };
}

export interface ScrollOptions {
  /** Where the library is written. */
  readonly folder: string;
  readonly quick: boolean;
  /** Seconds to wait, before scrolling, for a quiet machine. */
  readonly patience: number;
  tell(text: string): void;
  /** Told why scrolling was left out. */
  note(text: string): void;
}

const photos = 100_000;
const viewport = { width: 1280, height: 800 };
const pixelsPerSecond = 3000;
const settleMs = 1500;

/** Undefined where there is no browser. */
export async function measureScrolling(options: ScrollOptions): Promise<ScrollFigures | undefined> {
  const { chromium: executablePath, whyNoBrowser } = systemPackages({ install: false });
  if (!executablePath) {
    options.note(`Scrolling was left out: ${whyNoBrowser}.`);
    return undefined;
  }
  await buildApp();
  const folder = await mkdtemp(join(options.folder, 'scrolling-'));
  options.tell(`writing a library of ${photos} photos to scroll through`);
  const library = await writeScrollLibrary(folder, photos);
  const server = fork(entry('scrollServerProcess.ts'), [
    folder,
    join(repository, '.cache', 'renderer'),
  ]);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  try {
    const link = await linkFrom(server);
    return { library, ...(await scroll(browser, link, options)) };
  } finally {
    await browser.close();
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.connected) server.disconnect();
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

function linkFrom(server: ReturnType<typeof fork>): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('message', (message) => resolve(String(Object(message).link)));
    server.once('exit', (code) => reject(new Error(`the server ended (${code})`)));
  });
}

async function scroll(browser: Browser, link: string, { quick, patience, tell }: ScrollOptions) {
  const page = await browser.newPage({ viewport });
  await untilQuiet(patience);
  const busyBefore = await busyShare();
  tell('frames of an empty page');
  const control = await controlFrames(page, quick ? 2000 : 5000);
  await page.goto(link);
  await page.locator('.grid-tile img').first().waitFor();
  await page.evaluate(installProbe);
  await sleep(settleMs);
  const session = await page.context().newCDPSession(page);
  tell('steady scrolling');
  const steady = await steadyScroll(page, session, quick ? 5 : 20);
  tell('jumps with the scrubber');
  const jumps: number[] = [];
  for (const part of jumpTargets.slice(0, quick ? 5 : undefined)) {
    jumps.push((await jump(page, part)).fullAfterMs);
  }
  const flood = await intoTheFlood(page);
  return {
    busyBefore,
    control,
    steady,
    jumps: { count: jumps.length, medianMs: median(jumps), worstMs: Math.max(...jumps) },
    flood,
  };
}

async function controlFrames(page: Page, ms: number): Promise<FrameFigures> {
  const intervals = await page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        const start = performance.now();
        let last = start;
        const onFrame = (now: number) => {
          found.push(now - last);
          last = now;
          if (now - start < duration) requestAnimationFrame(onFrame);
          else resolve(found.slice(1));
        };
        requestAnimationFrame(onFrame);
      }),
    ms,
  );
  return framesOf(intervals);
}

/** As a hand on the wheel does it: down at one speed, by the browser's own scrolling. */
async function steadyScroll(page: Page, session: CDPSession, seconds: number) {
  const report = await probed(page, () =>
    session.send('Input.synthesizeScrollGesture', {
      x: 500,
      y: 400,
      yDistance: -pixelsPerSecond * seconds,
      speed: pixelsPerSecond,
      gestureSourceType: 'mouse',
    }),
  );
  const { tilesSeen, longestBlankMs, blankFrames, longestTaskMs } = report;
  return {
    ...framesOf(report.frames),
    ...{ pixelsPerSecond, tilesSeen, longestBlankMs, blankFrames, longestTaskMs },
  };
}

/** Parts of the scrubber, so that no two lie near each other. */
const jumpTargets = [0.8, 0.2, 0.6, 0.33, 0.93, 0.12, 0.7, 0.27, 0.87, 0.38];

async function jump(page: Page, part: number): Promise<ProbeReport> {
  const box = await page.locator('.scrubber').boundingBox();
  if (!box) throw new Error('there is no scrubber');
  await sleep(300);
  return probed(page, async () => {
    await page.mouse.click(box.x + box.width / 2, box.y + part * box.height);
    const isFull = () => (Reflect.get(window, 'scrollProbe') as Probe).isFull();
    await page.waitForFunction(isFull, undefined, { polling: 100, timeout: 20_000 });
  });
}

/** The fullest month lies in the middle of the page, and takes a fifth of it. */
async function intoTheFlood(page: Page) {
  const { fullAfterMs, longestTaskMs, frames } = await jump(page, 0.5);
  return { fullAfterMs, longestTaskMs, longestFrameMs: Math.max(...frames) };
}

async function probed(page: Page, act: () => Promise<unknown>): Promise<ProbeReport> {
  await page.evaluate(() => (Reflect.get(window, 'scrollProbe') as Probe).start());
  await act();
  return page.evaluate(() => (Reflect.get(window, 'scrollProbe') as Probe).stop());
}

function framesOf(intervals: readonly number[]): FrameFigures {
  const whole = intervals.reduce((sum, each) => sum + each, 0);
  return {
    medianMs: median(intervals),
    p95Ms: percentile(intervals, 95),
    maxMs: Math.max(...intervals),
    perSecond: (intervals.length / whole) * 1000,
  };
}

/** Over a second. */
async function busyShare(): Promise<number | undefined> {
  const before = machineCpuSeconds();
  await sleep(1000);
  const after = machineCpuSeconds();
  if (before === undefined || after === undefined) return undefined;
  return (after - before) / availableParallelism();
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      patience: { type: 'string', default: '0' },
    },
  });
  await mkdir(cache, { recursive: true });
  const figures = await measureScrolling({
    folder: cache,
    quick: values.quick,
    patience: Number(values.patience),
    tell: (text) => console.error(text),
    note: (text) => console.error(text),
  });
  if (figures) process.stdout.write(`${scrollingText(figures)}\n`);
}

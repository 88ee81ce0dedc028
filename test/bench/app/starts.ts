// From the start of the process to a window that can be used: the newest photos painted, and a key
// answered.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSecondsOfTree } from '../processTree.ts';
import { untilQuiet } from '../quietMachine.ts';
import { type Latency, latency, median } from '../statistics.ts';
import { pageMoments, untilPicturesPainted, untilShown } from './inPage.ts';
import { type AppHere, startApp, startPlainly } from './runningApp.ts';

/** Milliseconds since the process was asked for; medians. */
export interface StartSteps {
  readonly pageBegun: number;
  readonly scriptRun: number;
  readonly firstPaint: number;
  /** The engine has answered which photos there are; the welcome, where there are none. */
  readonly known: number;
  readonly painted: number;
}

export interface StartFigures {
  readonly usable: Latency;
  readonly steps: StartSteps;
  /** Milliseconds from a key to the frame that answers it, right after; median. */
  readonly keyMs: number;
  /**
   * Processor time of all its processes until all is painted, milliseconds; median. It says of a
   * busy machine what the clock cannot. NaN where there is no /proc.
   */
  readonly cpuMs: number;
  readonly loads: readonly number[];
}

interface OneStart extends StartSteps {
  readonly usable: number;
  readonly keyMs: number;
  readonly cpuMs: number;
}

/** What the window shows when there is something to see: photos, or the welcome of an empty library. */
const pictures = { library: '.grid-tile', empty: '.welcome-page, .app-page > *' } as const;
export type StartKind = keyof typeof pictures;

export async function measureStarts(
  here: AppHere,
  dataFolder: (start: number) => string,
  kind: StartKind,
  { count, patience }: { readonly count: number; readonly patience: number },
): Promise<StartFigures> {
  const starts: OneStart[] = [];
  const loads: number[] = [];
  // One more than is counted: the first after a build reads everything from the disk.
  for (let i = 0; i <= count; i++) {
    await untilQuiet(patience);
    loads.push(loadavg()[0] ?? 0);
    const start = await measureStart(here, dataFolder(i), kind);
    if (i > 0) starts.push(start);
  }
  const middle = (figure: (start: OneStart) => number) => median(starts.map(figure));
  return {
    usable: latency(starts.map(({ usable }) => usable)),
    steps: {
      pageBegun: middle((start) => start.pageBegun),
      scriptRun: middle((start) => start.scriptRun),
      firstPaint: middle((start) => start.firstPaint),
      known: middle((start) => start.known),
      painted: middle((start) => start.painted),
    },
    keyMs: middle((start) => start.keyMs),
    cpuMs: middle((start) => start.cpuMs),
    loads,
  };
}

async function measureStart(here: AppHere, dataFolder: string, kind: StartKind): Promise<OneStart> {
  const { at, pid, page, close } = await startPlainly(here, dataFolder);
  try {
    const painted =
      kind === 'library'
        ? await page.evaluate(untilPicturesPainted, pictures.library)
        : await page.evaluate(untilShown, pictures.empty).then((at) => ({ at, known: at }));
    const cpuSeconds = cpuSecondsOfTree(pid);
    const asked = Date.now();
    await page.keyboard.press(kind === 'library' ? 'Control+k' : 'Tab');
    const answer = kind === 'library' ? '#search-field:focus' : ':focus';
    const usable = await page.evaluate(untilShown, answer);
    const moments = await page.evaluate(pageMoments);
    const since = (moment: number | undefined) => (moment ?? Number.NaN) - at;
    return {
      pageBegun: since(moments.begun),
      scriptRun: since(moments.scriptRun),
      firstPaint: since(moments.firstPaint),
      known: since(painted.known),
      painted: since(painted.at),
      usable: since(usable),
      keyMs: usable - asked,
      cpuMs: cpuSeconds === undefined ? Number.NaN : cpuSeconds * 1000,
    };
  } finally {
    await close();
  }
}

/** How long the main process was held up, milliseconds; and counting only what it did itself. */
export interface Held {
  readonly longest: number;
  readonly own: number;
}

/** From the beginning of the main script until the window is usable, and while all is looked through. */
export async function measureHeldAtStart(here: AppHere, dataFolder: string): Promise<Held> {
  const { page, delays, close } = await startApp(here, dataFolder);
  try {
    await page?.evaluate(untilPicturesPainted, pictures.library);
    // The folders are looked through from the start on, which takes some seconds for a large library.
    await sleep(5000);
    const { max, own } = await delays();
    return { longest: max, own };
  } finally {
    await close();
  }
}

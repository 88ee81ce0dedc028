// Words typed into the search field, letter by letter, and how long after a key the photos that it
// leads to are painted: with nothing else to do, and while photos are indexed at full speed.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { CallInput, CallName, CallOutput } from '../../../src/shared/contract.ts';
import type { PreloadBridge } from '../../../src/shared/host.ts';
import { type Latency, latency } from '../statistics.ts';
import { type Answered, selectField, takeAnswers, untilShown, watchTyping } from './inPage.ts';
import { type AppHere, type RunningApp, startApp } from './runningApp.ts';
import type { Held } from './starts.ts';

/** The page's global scope, as far as it is reached into. */
interface PageScope {
  readonly ocelli: PreloadBridge;
}

export interface TypingFigures {
  /** From the last key of what was typed to the first row of photos found. */
  readonly firstRow: Latency;
  /** … to all that the window shows of them. */
  readonly all: Latency;
  /** From keys in between that led to photos before the next key took over. */
  readonly between: Latency;
  readonly keys: number;
  readonly queries: number;
  /** Queries whose photos had not come when the next was begun. */
  readonly unanswered: number;
  readonly held: Held;
}

export interface SearchInWindowFigures {
  readonly idle: TypingFigures;
  readonly indexing: TypingFigures;
  /** Of the run meanwhile. */
  readonly runPhotosPerSecond: number;
}

export interface SearchInWindowOptions {
  readonly here: AppHere;
  readonly dataFolder: string;
  /** Indexed while searches go on. */
  readonly folders: readonly string[];
  readonly queries: number;
  tell(text: string): void;
}

/** A person's pace. */
const betweenKeysMs = 100;
const betweenQueriesMs = 500;
const patienceMs = 3000;

const things = ['dog', 'boat', 'bridge', 'wedding cake', 'red car', 'mountain', 'old church'];
const places = ['grass', 'snow', 'rain', 'the sea', 'a table', 'a street at night'];

/** As many as there are pairs; none names a folder of the library. */
function query(number: number, between: string): string {
  const thing = things[number % things.length] ?? '';
  const place = places[Math.floor(number / things.length) % places.length] ?? '';
  return `${thing} ${between} ${place}`;
}

export async function measureSearchInWindow(
  options: SearchInWindowOptions,
): Promise<SearchInWindowFigures> {
  const running = await startApp(options.here, options.dataFolder);
  const { page } = running;
  if (!page) throw new Error('the app has no window');
  try {
    await page.evaluate(untilShown, '.grid-tile');
    await untilIdle(page);
    await page.keyboard.press('Control+k');
    await page.evaluate(untilShown, '#search-field');
    await page.evaluate(watchTyping);
    options.tell('typing with nothing else to do');
    const idle = await typeQueries(running, 'on', options.queries, () => false);
    options.tell('typing while photos are indexed');
    const run = callIn(page, 'index', { folders: [...options.folders] });
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    run.then(over, over);
    await untilIndexing(page);
    const indexing = await typeQueries(running, 'near', options.queries, () => isOver);
    if (isOver) options.tell(`the run ended after ${indexing.queries} queries`);
    await callIn(page, 'cancel', {});
    const report = await run;
    return { idle, indexing, runPhotosPerSecond: (report.embedded / report.workMs) * 1000 };
  } finally {
    await running.close();
  }
}

/** Types one query after the other into the field, until there were enough or it is over. */
async function typeQueries(
  { page, delays, resetDelays }: RunningApp,
  between: string,
  count: number,
  isOver: () => boolean,
): Promise<TypingFigures> {
  if (!page) throw new Error('the app has no window');
  const finals = new Set<string>();
  await resetDelays();
  for (let i = 0; i < count && !isOver(); i++) {
    const words = query(i, between);
    await page.evaluate(selectField);
    for (const key of words) {
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      await sleep(betweenKeysMs);
    }
    await untilAnswered(page, words);
    // What came while the run ended is neither one thing nor the other.
    if (!isOver()) finals.add(words);
    await sleep(betweenQueriesMs);
  }
  const { max, own } = await delays();
  const answers = (await page.evaluate(takeAnswers)).filter(({ key }) => Number.isFinite(key));
  return { ...figuresOf(answers, finals), held: { longest: max, own } };
}

function figuresOf(
  answers: readonly Answered[],
  finals: ReadonlySet<string>,
): Omit<TypingFigures, 'held'> {
  const last = answers.filter(({ words }) => finals.has(words));
  const others = answers.filter(({ words }) => !finals.has(words));
  const waits = (list: readonly Answered[], moment: 'firstRow' | 'all') =>
    list.flatMap((answer) => {
      const at = answer[moment];
      return at === undefined ? [] : [at - answer.key];
    });
  return {
    firstRow: latency(waits(last, 'firstRow')),
    all: latency(waits(last, 'all')),
    between: latency(waits(others, 'firstRow')),
    keys: answers.length,
    queries: finals.size,
    unanswered: last.filter(({ firstRow }) => firstRow === undefined).length,
  };
}

/** Nothing is being indexed, the folders are looked through, the search is ready. */
async function untilIdle(page: Page): Promise<void> {
  // The first look at the folders begins a moment after the window is there.
  await sleep(2000);
  while ((await callIn(page, 'status', {})).running) await sleep(200);
}

async function untilIndexing(page: Page): Promise<void> {
  while (((await callIn(page, 'status', {})).running?.indexed ?? 0) === 0) await sleep(100);
  // Until all processes have started and are busy.
  await sleep(3000);
}

async function untilAnswered(page: Page, words: string): Promise<void> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    const isAnswered = await page.evaluate(
      (asked) => globalThis.typingWatch?.answers.get(asked)?.all !== undefined,
      words,
    );
    if (isAnswered) return;
    await sleep(100);
  }
}

async function callIn<Name extends CallName>(
  page: Page,
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  const answer = page.evaluate(
    async (asked) => (globalThis as unknown as PageScope).ocelli.call(asked.name, asked.input),
    { name, input },
  );
  return (await answer) as CallOutput<Name>;
}

// What is looked at from inside the window's page. Each function crosses into it as text, so each
// stands alone. Moments are milliseconds since 1970, as other processes see them too.
/// <reference lib="dom" />

/** A look at every frame until this is so, and the moment at which the frame after it is out. */
export interface Painted {
  /** When it was painted. */
  readonly at: number;
  /** When a first one was known to be there, whether it could be shown or not. */
  readonly known: number;
  readonly pictures: number;
}

/**
 * Resolves when every picture of `selector` that lies in the window is there, decoded and past its
 * fading in, and a frame has been drawn since. Pictures that are not there count as not yet there.
 */
export async function untilPicturesPainted(selector: string): Promise<Painted> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const isInWindow = (element: Element) => {
    const { top, bottom, width } = element.getBoundingClientRect();
    return width > 0 && bottom > 0 && top < innerHeight;
  };
  const now = () => performance.timeOrigin + performance.now();
  let known: number | undefined;
  for (;;) {
    await frame();
    const tiles = Array.from(document.querySelectorAll(selector)).filter(isInWindow);
    if (tiles.length > 0) known ??= now();
    const pictures = tiles.flatMap((tile) => tile.querySelector('img') ?? []);
    if (pictures.length === 0 || pictures.length < tiles.length) continue;
    const isThere = (picture: HTMLImageElement) => picture.complete && picture.naturalWidth > 0;
    if (!pictures.every(isThere)) continue;
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
    await frame();
    // A message comes after the frame that was just begun; a timer might wait longer.
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(undefined);
    });
    return { at: now(), known: known ?? now(), pictures: pictures.length };
  }
}

/** Resolves when something that matches is there and a frame has been drawn since. */
export async function untilShown(selector: string): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  while (!document.querySelector(selector)) await frame();
  await frame();
  await frame();
  return performance.timeOrigin + performance.now();
}

/** The way of a start, as the page's own record of it tells. */
export interface PageMoments {
  /** The window began to load its page. */
  readonly begun: number;
  /** The page's script has run for the first time. */
  readonly scriptRun: number;
  /** Something was painted for the first time. */
  readonly firstPaint: number | undefined;
}

export function pageMoments(): PageMoments {
  const at = (ms: number | undefined) =>
    ms === undefined ? undefined : performance.timeOrigin + ms;
  const [navigation] = performance.getEntriesByType('navigation');
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const loaded =
    navigation instanceof PerformanceNavigationTiming ? navigation.domContentLoadedEventEnd : 0;
  return {
    begun: performance.timeOrigin,
    scriptRun: performance.timeOrigin + loaded,
    firstPaint: at(paint?.startTime),
  };
}

/** What came of one key in the search field. */
export interface Answered {
  /** The words in the field after the key. */
  readonly words: string;
  readonly key: number;
  /** When the first row of what was found for these words was painted; undefined where never. */
  readonly firstRow: number | undefined;
  /** The same for all that the window shows. */
  readonly all: number | undefined;
}

declare global {
  var typingWatch:
    | { readonly answers: Map<string, Partial<Answered> & { key: number }> }
    | undefined;
}

/**
 * Watches the search field and what is found: notes each key as it arrives, and the first frame that
 * shows what was found for the words as they were after it. What is found says for which words it was:
 * what still shows of older ones counts for nothing.
 */
export function watchTyping(): void {
  const answers = new Map<
    string,
    { words: string; key: number; firstRow?: number; all?: number }
  >();
  globalThis.typingWatch = { answers };
  const now = (ms = performance.now()) => performance.timeOrigin + ms;
  const settled = new Set<string>();
  let looking = false;
  document.addEventListener(
    'input',
    (event) => {
      if (!(event.target instanceof HTMLInputElement)) return;
      const words = event.target.value;
      if (words === '') return;
      settled.delete(`firstRow ${words}`);
      settled.delete(`all ${words}`);
      answers.set(words, { words, key: now(event.timeStamp) });
      if (!looking) {
        looking = true;
        requestAnimationFrame(look);
      }
    },
    true,
  );
  const isThere = (picture: HTMLImageElement) => picture.complete && picture.naturalWidth > 0;

  function look(): void {
    const label = document.querySelector('.results')?.getAttribute('aria-label') ?? '';
    const answer = answers.get(label.match(/“(.*)”/)?.[1] ?? '');
    if (answer && answer.all === undefined) note(answer);
    const field = document.querySelector<HTMLInputElement>('#search-field');
    const last = field && answers.get(field.value);
    looking = Boolean(last && last.all === undefined);
    if (looking) requestAnimationFrame(look);
  }

  function note(answer: { words: string; firstRow?: number; all?: number }): void {
    const tiles = Array.from(document.querySelectorAll('.result-tile'));
    const tops = tiles.map((tile) => tile.getBoundingClientRect().top);
    const picturesOf = (wanted: (top: number) => boolean) =>
      tiles
        .filter((_, i) => wanted(tops[i] ?? 0))
        .flatMap((tile) => tile.querySelector('img') ?? []);
    const first = picturesOf((top) => Math.abs(top - (tops[0] ?? 0)) < 2);
    const all = picturesOf((top) => top < innerHeight);
    if (first.length === 0) return;
    for (const [key, pictures] of [
      ['firstRow', first],
      ['all', all],
    ] as const) {
      const name = `${key} ${answer.words}`;
      if (settled.has(name) || !pictures.every(isThere)) continue;
      settled.add(name);
      void Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined))).then(
        () =>
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              answer[key] = now();
            };
            port2.postMessage(undefined);
          }),
      );
    }
  }
}

/** What has been noted so far; and begins a new list. */
export function takeAnswers(): Answered[] {
  const { answers } = globalThis.typingWatch ?? { answers: new Map() };
  const taken = Array.from(answers.values(), ({ words = '', key, firstRow, all }) => ({
    words,
    key,
    firstRow,
    all,
  }));
  answers.clear();
  return taken;
}

/** What is typed next takes the place of what stands in the field. */
export function selectField(): void {
  const field = document.querySelector<HTMLInputElement>('#search-field');
  field?.focus();
  field?.select();
}

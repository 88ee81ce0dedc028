// Runs in the page: notes every frame while it is told to, and which tiles of the window have no
// picture in it.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

export interface ProbeReport {
  /** Milliseconds from one frame to the next. */
  readonly frames: readonly number[];
  /** Milliseconds for which tiles were blank while in the window, the longest of all. */
  readonly longestBlankMs: number;
  /** Share of frames in which some tile of the window was blank. */
  readonly blankFrames: number;
  /** Milliseconds until the window was full of pictures and stayed so; NaN if it never was. */
  readonly fullAfterMs: number;
  /** The longest task of the main thread; 0 where none took 50 ms. */
  readonly longestTaskMs: number;
  readonly tilesSeen: number;
}

export interface Probe {
  start(): void;
  /** Whether the window has been full of pictures for a while. */
  isFull(): boolean;
  stop(): ProbeReport;
}

/** To be evaluated in the page: self-contained. */
export function installProbe(): void {
  let running = false;
  let startedAt = 0;
  let last = 0;
  let frames: number[] = [];
  let blankFrameCount = 0;
  let fullSince = Number.NaN;
  let longestBlank = 0;
  let longestTask = 0;
  const blankSince = new Map<string, number>();
  const seen = new Set<string>();

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longestTask = Math.max(longestTask, entry.duration);
  }).observe({ type: 'longtask' });

  function onFrame(now: number): void {
    if (!running) return;
    frames.push(now - last);
    last = now;
    look(now);
    requestAnimationFrame(onFrame);
  }

  function look(now: number): void {
    const scroller = document.querySelector('.photo-grid-scroller');
    if (!scroller) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const isInWindow = (element: Element) => {
      const box = element.getBoundingClientRect();
      return box.bottom > top + 1 && box.top < bottom - 1;
    };
    const blank = new Set<string>();
    for (const tile of scroller.querySelectorAll<HTMLElement>('.grid-tile')) {
      if (!isInWindow(tile)) continue;
      const id = tile.dataset['photo'] ?? '';
      seen.add(id);
      if (!hasPicture(tile)) blank.add(id);
    }
    // Months that are not there yet, and a window that shows nothing at all.
    for (const month of scroller.querySelectorAll('.month-section-loading')) {
      if (isInWindow(month)) blank.add(`month ${month.closest('section')?.dataset['month']}`);
    }
    const middle = (top + bottom) / 2;
    const row = document.elementFromPoint(scroller.getBoundingClientRect().left + 200, middle);
    if (!row?.closest('.month-section')) blank.add('the middle');
    account(blank, now);
  }

  function account(blank: ReadonlySet<string>, now: number): void {
    for (const [id, since] of blankSince) {
      longestBlank = Math.max(longestBlank, now - since);
      if (!blank.has(id)) blankSince.delete(id);
    }
    for (const id of blank) if (!blankSince.has(id)) blankSince.set(id, now);
    if (blank.size > 0) {
      blankFrameCount += 1;
      fullSince = Number.NaN;
    } else if (Number.isNaN(fullSince)) {
      fullSince = now;
    }
  }

  function hasPicture(tile: Element): boolean {
    const image = tile.querySelector('img');
    return image?.complete === true && image.naturalWidth > 0;
  }

  const probe: Probe = {
    start() {
      running = true;
      startedAt = last = performance.now();
      frames = [];
      blankFrameCount = longestBlank = longestTask = 0;
      fullSince = Number.NaN;
      blankSince.clear();
      seen.clear();
      requestAnimationFrame(onFrame);
    },
    isFull() {
      return last - fullSince > 300;
    },
    stop() {
      running = false;
      return {
        // The first is the wait for the frame after the start.
        frames: frames.slice(1),
        longestBlankMs: longestBlank,
        blankFrames: blankFrameCount / Math.max(1, frames.length),
        fullAfterMs: Math.max(0, fullSince - startedAt),
        longestTaskMs: longestTask,
        tilesSeen: seen.size,
      };
    },
  };
  Object.assign(window, { scrollProbe: probe });
}

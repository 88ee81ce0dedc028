// The figures of scrolling as a part of the page.
import { aims } from './aims.ts';
import { against, number, percent, table } from './markdown.ts';
import type { ScrollFigures } from './scrolling.ts';

export function scrollingText(figures: ScrollFigures): string {
  const { library, busyBefore, control, steady, jumps, flood } = figures;
  const { longestBlankMs, framesPerSecond } = aims;
  const blanks = (ms: number) => against(ms <= longestBlankMs, `≤ ${longestBlankMs} ms`);
  const rows = [
    [
      'the processor in use just before, by other programs',
      busyBefore === undefined ? undefined : percent(busyBefore),
      undefined,
    ],
    ['an empty page, idle: frames/s', control.perSecond, undefined],
    ['an empty page, idle: p95 of frame intervals, ms', control.p95Ms, undefined],
    [
      'steady scrolling: frames/s',
      steady.perSecond,
      against(Math.round(steady.perSecond) >= framesPerSecond, `≥ ${framesPerSecond}`),
    ],
    ['steady scrolling: median of frame intervals, ms', steady.medianMs, undefined],
    ['steady scrolling: p95 of frame intervals, ms', steady.p95Ms, undefined],
    ['steady scrolling: longest frame interval, ms', steady.maxMs, undefined],
    [
      'steady scrolling: longest time a tile was blank, ms',
      steady.longestBlankMs,
      blanks(steady.longestBlankMs),
    ],
    ['steady scrolling: frames with a blank tile', percent(steady.blankFrames), undefined],
    [
      `${jumps.count} jumps: median until the window is full, ms`,
      jumps.medianMs,
      blanks(jumps.medianMs),
    ],
    [`${jumps.count} jumps: the slowest, ms`, jumps.worstMs, blanks(jumps.worstMs)],
    [
      `a jump into a month of ${number(library.flood)}: until full, ms`,
      flood.fullAfterMs,
      undefined,
    ],
    ['the same: longest frame interval, ms', flood.longestFrameMs, undefined],
  ] as const;
  return [
    '## Scrolling',
    `${number(library.photos)} photos in a headless Chromium at 1280 × 800, served by this machine, at ${number(steady.pixelsPerSecond)} pixels a second (${number(steady.tilesSeen)} photos seen), then clicks on the scrubber. Each photo has a thumbnail under a name of its own, which the browser loads once; what they show are ${library.distinctThumbnails} pictures. A tile is blank while its thumbnail is not loaded. Server, browser and measurement share the cores, and the browser renders in software.`,
    table(['', 'figure', 'aim'], rows),
  ].join('\n\n');
}

// Where months and rows lie on the long page, what of it shows, and that the eye's place is kept.
import { describe, expect, test } from 'vitest';
import { anchorAt, scrollTopFor } from '../../../src/renderer/features/library/scrollAnchor.ts';
import { firstSpotAt, shownSections } from '../../../src/renderer/features/library/shownRows.ts';
import {
  createLayouts,
  headingHeight,
  rowsWithin,
  sectionAt,
  sectionsWithin,
  timelineGeometry,
} from '../../../src/renderer/features/library/timelineGeometry.ts';
import { tile, tiles, timelineOf } from './tiles.ts';

const rules = { width: 1000, rowHeight: 200, gap: 4 };
const timeline = timelineOf({ '2024-03': 30, '2024-02': 100, '2023-12': 8 });
const march = tiles(30, 1);
const february = tiles(100, 1000, '2024-02');
const unloaded = timelineGeometry(timeline, new Map(), rules);
const loaded = timelineGeometry(
  timeline,
  new Map([
    ['2024-03', march],
    ['2024-02', february],
  ]),
  rules,
);

describe('the geometry of the timeline', () => {
  test('months follow each other without a hole', () => {
    for (const { sections, height } of [unloaded, loaded]) {
      let top = 0;
      for (const section of sections) {
        expect(section.top).toBe(top);
        top += section.height;
      }
      expect(height).toBe(top);
    }
  });

  test('the height of a month that is not loaded is near what it will be', () => {
    const estimated = unloaded.sections[1]?.height ?? 0;
    const real = loaded.sections[1]?.height ?? 0;
    expect(Math.abs(estimated - real) / real).toBeLessThan(0.3);
  });

  test('a place on the page belongs to the month around it, beyond the ends to the nearest', () => {
    const second = loaded.sections[1]?.top ?? 0;
    expect(sectionAt(loaded, second - 1)).toBe(0);
    expect(sectionAt(loaded, second)).toBe(1);
    expect(sectionAt(loaded, -50)).toBe(0);
    expect(sectionAt(loaded, 1e9)).toBe(2);
  });

  test('only months and rows that show are found', () => {
    const [first] = loaded.sections;
    if (!first) throw new Error('no month');
    expect(sectionsWithin(loaded, { from: 0, to: 100 })).toHaveLength(1);
    const rows = rowsWithin(first, { from: headingHeight, to: headingHeight + 210 });
    expect(rows[0]?.first).toBe(0);
    expect(rows.length).toBeLessThanOrEqual(2);
  });

  test('an empty library has no height and shows nothing', () => {
    const empty = timelineGeometry({ photos: 0, months: [] }, new Map(), rules);
    expect(empty.height).toBe(0);
    expect(shownSections(empty, { from: 0, to: 900 })).toEqual([]);
  });

  test('photos are laid out once for the same rules', () => {
    const layoutOf = createLayouts();
    expect(layoutOf(march, rules)).toBe(layoutOf(march, rules));
    expect(layoutOf(march, { ...rules, width: 500 })).not.toBe(layoutOf(march, rules));
  });

  test('a hundred thousand photos are laid out in less than a quarter of a second', () => {
    const months = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [
        `${2024 - Math.floor(i / 12)}-${String(12 - (i % 12)).padStart(2, '0')}`,
        500,
      ]),
    );
    const photos = new Map(
      Object.keys(months).map((month, i) => [month, tiles(500, i * 500, month)]),
    );
    const start = performance.now();
    timelineGeometry(timelineOf(months), photos, rules);
    expect(performance.now() - start).toBeLessThan(250);
  });
});

describe('what is drawn', () => {
  test('the row with the focus is drawn even where it does not show', () => {
    const span = { from: 0, to: 300 };
    const far = shownSections(loaded, span, { month: '2024-02', index: 99 });
    expect(far.map(({ section }) => section.month)).toEqual(['2024-03', '2024-02']);
    expect(far[1]?.rows).toHaveLength(1);
    const near = shownSections(loaded, span, { month: '2024-03', index: 0 });
    expect(near).toEqual(shownSections(loaded, span));
  });

  test('Tab leads to the first photo that is whole in the window', () => {
    expect(firstSpotAt(loaded, 0)).toEqual({ month: '2024-03', index: 0 });
    const second = loaded.sections[0]?.layout?.rows[1];
    const justBelow = headingHeight + 1;
    expect(firstSpotAt(loaded, justBelow)).toEqual({ month: '2024-03', index: second?.first });
    expect(firstSpotAt(unloaded, 0)).toBeUndefined();
  });
});

describe('the place of the eye', () => {
  const inFebruary = (loaded.sections[1]?.top ?? 0) + 700;

  test('stays with its photo when photos come in above it', () => {
    const anchor = anchorAt(loaded, inFebruary);
    const more = timelineGeometry(
      timelineOf({ '2024-04': 50, '2024-03': 30, '2024-02': 100, '2023-12': 8 }),
      new Map([
        ['2024-03', march],
        ['2024-02', february],
      ]),
      rules,
    );
    const shift = more.sections[0]?.height ?? 0;
    expect(anchor && scrollTopFor(more, anchor)).toBeCloseTo(inFebruary + shift, 6);
  });

  test('stays with its photo when rows are laid out anew', () => {
    const anchor = anchorAt(loaded, inFebruary);
    const narrow = timelineGeometry(timeline, new Map([['2024-02', february]]), {
      ...rules,
      width: 600,
    });
    const top = (anchor && scrollTopFor(narrow, anchor)) ?? 0;
    const row = firstSpotAt(narrow, top - headingHeight);
    const photo = february[row?.index ?? -1];
    expect(Math.abs((photo?.id ?? 0) - (anchor?.photo?.id ?? 0))).toBeLessThan(8);
  });

  test('stays at the same part of a month whose photos are not known', () => {
    const place = (unloaded.sections[1]?.top ?? 0) + 300;
    const anchor = anchorAt(unloaded, place);
    expect(anchor && scrollTopFor(unloaded, anchor)).toBeCloseTo(place, 6);
  });

  test('is the top at the very top, so that new photos show', () => {
    expect(anchorAt(loaded, 0)).toBeUndefined();
  });

  test('is nowhere when its month is gone', () => {
    const anchor = anchorAt(loaded, inFebruary);
    const without = timelineGeometry(timelineOf({ '2024-03': 30 }), new Map(), rules);
    expect(anchor && scrollTopFor(without, anchor)).toBeUndefined();
  });
});

test('a photo of unknown size takes a square', () => {
  const geometry = timelineGeometry(
    timelineOf({ '2024-03': 1 }),
    new Map([['2024-03', [tile(1, '2024-03', { width: 0, height: 0 })]]]),
    rules,
  );
  expect(geometry.sections[0]?.layout?.rows[0]?.boxes).toEqual([{ left: 0, width: 200 }]);
});

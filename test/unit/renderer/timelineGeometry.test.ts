// Where months and rows lie on the long page, what of it shows, and that the eye's place is kept.
import { describe, expect, test } from 'vitest';
import {
  firstSpotAt,
  gridLines,
  lineOf,
  monthsBetween,
  shownBands,
} from '../../../src/renderer/features/library/gridLines.ts';
import { anchorAt, scrollTopFor } from '../../../src/renderer/features/library/scrollAnchor.ts';
import {
  bandAt,
  createLayouts,
  headingHeight,
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

  test('a place on the page belongs to what lies around it, beyond the ends to the nearest', () => {
    const second = loaded.sections[1]?.top ?? 0;
    expect(bandAt(loaded, second - 1)).toBe(0);
    expect(bandAt(loaded, second)).toBe(1);
    expect(bandAt(loaded, -50)).toBe(0);
    expect(bandAt(loaded, 1e9)).toBe(2);
  });

  test('an empty library has no height and shows nothing', () => {
    const empty = timelineGeometry({ photos: 0, months: [] }, new Map(), rules);
    expect(empty.height).toBe(0);
    expect(gridLines(empty)).toEqual([]);
    expect(firstSpotAt(empty, 0)).toBeUndefined();
  });

  test('photos are laid out once for the same rules', () => {
    const layoutOf = createLayouts();
    expect(layoutOf(march, rules)).toBe(layoutOf(march, rules));
    expect(layoutOf(march, { ...rules, width: 500 })).not.toBe(layoutOf(march, rules));
  });
});

describe('the lines of the page', () => {
  const lines = gridLines(loaded);

  test('take all of its height, the rows of loaded months one by one', () => {
    expect(lines.reduce((sum, { height }) => sum + height, 0)).toBe(loaded.height);
    const rows = loaded.sections.map(({ layout }) => layout?.rows.length ?? 1);
    expect(lines).toHaveLength(rows.reduce((sum, each) => sum + each, 0));
  });

  test('begin where their rows lie', () => {
    const line = lineOf(lines, { month: '2024-02', index: 99 });
    const top = lines.slice(0, line).reduce((sum, { height }) => sum + height, 0);
    const section = loaded.sections[1];
    expect(top).toBe(
      (section?.top ?? 0) + headingHeight + (section?.layout?.rows.at(-1)?.top ?? 0),
    );
    expect(lineOf(lines, { month: '1999-01', index: 0 })).toBe(-1);
  });

  test('are drawn by month', () => {
    const last = lineOf(lines, { month: '2024-02', index: 99 });
    const shown = shownBands(lines, [0, 1, last]);
    expect(shown.map(({ band, rows }) => [band.sections[0]?.month, rows.length])).toEqual([
      ['2024-03', 2],
      ['2024-02', 1],
    ]);
    expect(monthsBetween(lines, 1, last)).toEqual(['2024-03', '2024-02']);
  });

  test('Tab leads to the first photo that is whole in the window', () => {
    expect(firstSpotAt(loaded, 0)).toEqual({ month: '2024-03', index: 0 });
    const second = loaded.sections[0]?.layout?.rows[1];
    const justBelow = headingHeight + 1;
    expect(firstSpotAt(loaded, justBelow)).toEqual({ month: '2024-03', index: second?.first });
    expect(firstSpotAt(unloaded, 0)).toBeUndefined();
  });
});

describe('months of a few photos', () => {
  const few = timelineOf({ '2024-04': 40, '2024-03': 1, '2024-02': 2, '2024-01': 1, '2023-12': 1 });
  const all = new Map([
    ['2024-04', tiles(40, 1, '2024-04')],
    ['2024-03', tiles(1, 100)],
    ['2024-02', tiles(2, 200, '2024-02')],
    ['2024-01', tiles(1, 300, '2024-01')],
    ['2023-12', tiles(1, 400, '2023-12')],
  ]);
  const geometry = timelineGeometry(few, all, rules);

  test('share a row with their neighbours, in order, as far as there is room', () => {
    const grouped = geometry.bands.map(({ sections }) => sections.map(({ month }) => month));
    expect(grouped).toEqual([['2024-04'], ['2024-03', '2024-02'], ['2024-01', '2023-12']]);
    const [march, february] = geometry.bands[1]?.sections ?? [];
    expect(february?.top).toBe(march?.top);
    expect(february?.left).toBeGreaterThan((march?.left ?? 0) + (march?.width ?? 0));
  });

  test('do not regroup when their photos are loaded', () => {
    const before = timelineGeometry(few, new Map(), rules);
    const shape = (bands: typeof before.bands) => bands.map(({ sections }) => sections.length);
    expect(shape(before.bands)).toEqual(shape(geometry.bands));
  });

  test('never reach beyond the edge, however wide their photos are', () => {
    const wide = { width: 9000, height: 1000 };
    const panoramas = timelineGeometry(
      few,
      new Map([...all].map(([month, list]) => [month, list.map((each) => ({ ...each, ...wide }))])),
      rules,
    );
    for (const { left, layout } of panoramas.sections) {
      const box = layout?.rows[0]?.boxes.at(-1);
      expect(left + (box?.left ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(rules.width);
    }
  });

  test('have room for their headings', () => {
    const tower = { width: 1000, height: 5000 };
    const narrow = timelineGeometry(
      few,
      new Map([...all].map(([month, list]) => [month, list.map((t) => ({ ...t, ...tower }))])),
      rules,
    );
    for (const { width } of narrow.sections) expect(width).toBeGreaterThan(150);
  });

  test('are one line of the page', () => {
    const lines = gridLines(geometry);
    expect(lineOf(lines, { month: '2024-02', index: 1 })).toBe(
      lineOf(lines, { month: '2024-03', index: 0 }),
    );
    expect(lines.reduce((sum, { height }) => sum + height, 0)).toBe(geometry.height);
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

// Where keys lead in the grid and on the scrubber.
import { describe, expect, test } from 'vitest';
import { stepFrom, topOf } from '../../../src/renderer/features/library/gridSteps.ts';
import {
  bandWords,
  scrubberStep,
  yearMarks,
} from '../../../src/renderer/features/library/scrubberMarks.ts';
import { timelineGeometry } from '../../../src/renderer/features/library/timelineGeometry.ts';
import { tiles, timelineOf } from './tiles.ts';

// Three photos of 3:2 fill a row of 904 pixels at 200.
const rules = { width: 904, rowHeight: 200, gap: 2 };
const geometry = timelineGeometry(
  timelineOf({ '2024-03': 7, '2024-02': 4, '2023-12': 40 }),
  new Map([
    ['2024-03', tiles(7, 1)],
    ['2024-02', tiles(4, 100, '2024-02')],
  ]),
  rules,
);
const step = (month: string, index: number, key: string) =>
  stepFrom(geometry, { month, index }, key, 500);

describe('keys in the grid', () => {
  test('left and right go along the photos, across months', () => {
    expect(step('2024-03', 2, 'ArrowRight')).toEqual({ month: '2024-03', index: 3 });
    expect(step('2024-03', 6, 'ArrowRight')).toEqual({ month: '2024-02', index: 0 });
    expect(step('2024-02', 0, 'ArrowLeft')).toEqual({ month: '2024-03', index: 6 });
    expect(step('2024-03', 0, 'ArrowLeft')).toBeUndefined();
  });

  test('up and down go to the photo that lies nearest', () => {
    expect(step('2024-03', 1, 'ArrowDown')).toEqual({ month: '2024-03', index: 4 });
    expect(step('2024-03', 5, 'ArrowUp')).toEqual({ month: '2024-03', index: 2 });
    // The last row of March has one photo, at the left.
    expect(step('2024-03', 5, 'ArrowDown')).toEqual({ month: '2024-03', index: 6 });
    expect(step('2024-03', 6, 'ArrowDown')).toEqual({ month: '2024-02', index: 0 });
    expect(step('2024-02', 2, 'ArrowUp')).toEqual({ month: '2024-03', index: 6 });
  });

  test('down leads into a month that is not loaded, by its first photo', () => {
    expect(step('2024-02', 3, 'ArrowDown')).toEqual({ month: '2023-12', index: 0 });
  });

  test('months beside each other are one row to up and down', () => {
    const months = { '2024-03': 3, '2024-02': 1, '2024-01': 1, '2023-12': 9 };
    const photos = Object.entries(months).map(
      ([month, count], i) => [month, tiles(count, i * 100, month)] as const,
    );
    const shared = timelineGeometry(timelineOf(months), new Map(photos), rules);
    const go = (month: string, index: number, key: string) =>
      stepFrom(shared, { month, index }, key, 500);
    expect(shared.bands).toHaveLength(3);
    expect(go('2024-03', 0, 'ArrowDown')).toEqual({ month: '2024-02', index: 0 });
    expect(go('2024-03', 2, 'ArrowDown')).toEqual({ month: '2024-01', index: 0 });
    expect(go('2024-02', 0, 'ArrowRight')).toEqual({ month: '2024-01', index: 0 });
    expect(go('2024-02', 0, 'ArrowDown')).toEqual({ month: '2023-12', index: 0 });
    expect(go('2024-01', 0, 'ArrowUp')).toEqual({ month: '2024-03', index: 1 });
    expect(go('2023-12', 1, 'ArrowUp')).toEqual({ month: '2024-01', index: 0 });
  });

  test('Home and End lead to the ends of the library', () => {
    expect(step('2024-02', 1, 'Home')).toEqual({ month: '2024-03', index: 0 });
    expect(step('2024-02', 1, 'End')).toEqual({ month: '2023-12', index: 39 });
  });

  test('a page is no further than the window is high, and one row at least', () => {
    const next = step('2024-03', 0, 'PageDown');
    const distance = next
      ? (topOf(geometry, next) ?? 0) - (topOf(geometry, { month: '2024-03', index: 0 }) ?? 0)
      : 0;
    expect(distance).toBeGreaterThan(200);
    expect(distance).toBeLessThanOrEqual(500);
    expect(stepFrom(geometry, { month: '2024-03', index: 0 }, 'PageDown', 10)).toEqual({
      month: '2024-03',
      index: 3,
    });
  });

  test('other keys lead nowhere', () => {
    expect(step('2024-03', 0, 'a')).toBeUndefined();
    expect(step('1999-01', 0, 'ArrowDown')).toBeUndefined();
  });
});

describe('the scrubber', () => {
  const months = ['2024-03', '2024-02', '2023-12', '2023-01', '2021-05'];

  test('arrows lead to the next month, pages to the next year', () => {
    expect(scrubberStep(months, 0, 'ArrowDown')).toBe(1);
    expect(scrubberStep(months, 0, 'ArrowUp')).toBe(0);
    expect(scrubberStep(months, 1, 'PageDown')).toBe(2);
    expect(scrubberStep(months, 4, 'PageDown')).toBe(4);
    expect(scrubberStep(months, 4, 'PageUp')).toBe(2);
    expect(scrubberStep(months, 1, 'PageUp')).toBe(0);
    expect(scrubberStep(months, 2, 'End')).toBe(4);
    expect(scrubberStep(months, 2, 'Home')).toBe(0);
    expect(scrubberStep(months, 2, 'x')).toBeUndefined();
  });

  test('says which months lie beside each other', () => {
    const words = (months: Record<string, number>) =>
      timelineGeometry(timelineOf(months), new Map(), rules).bands.map(bandWords);
    expect(words({ '2024-03': 40, '2024-02': 1, '2024-01': 1 })).toEqual([
      'March 2024',
      'January – February 2024',
    ]);
    expect(words({ '2024-03': 1, '2023-06': 1 })).toEqual(['June 2023 – March 2024']);
  });

  test('years are named where there is room for the name, dots where there is less', () => {
    const marked = (months: Record<string, number>) =>
      yearMarks(timelineGeometry(timelineOf(months), new Map(), rules), 200).map(
        ({ year, named }) => (named ? year : `(${year})`),
      );
    expect(marked({ '2024-01': 900, '2023-01': 160, '2022-01': 900 })).toEqual([
      '2024',
      '2023',
      '(2022)',
    ]);
    expect(marked({ '2024-06': 400, '2024-01': 500, '2023-01': 9, '2022-01': 900 })).toEqual([
      '2024',
      '2023',
    ]);
  });
});

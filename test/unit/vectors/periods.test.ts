// Spans of dates as centuries, years and days: each day of the span is in one of them, and no other.
import { describe, expect, it } from 'vitest';
import { byYear, periodsBetween, periodsOf } from '../../../src/engine/vectors/periods.ts';

it('a day lies in its century, its year and itself', () => {
  expect(periodsOf('2024-02-29T12:00:00')).toEqual(['20', '2024', '2024-02-29']);
});

describe('a span', () => {
  it.each([
    ['2024', '2024', ['2024']],
    ['1998', '2001', ['1998', '1999', '2000', '2001']],
    ['1800', '2000', ['18', '19', '2000']],
    ['2023-12-30', '2024-01-02', ['2023-12-30', '2023-12-31', '2024-01-01', '2024-01-02']],
    ['2023-12-31', '2025-01', ['2023-12-31', '2024', ...january(2025)]],
    ['2025-01', '2025-01', january(2025)],
    ['2024-01-01', '2024-12-31', ['2024']],
    ['2024-02-29', '2024-02-29', ['2024-02-29']],
    // No such day: up to the last of the month.
    ['2023-02-28', '2023-02-31', ['2023-02-28']],
    ['2024', '2023', []],
    ['0099-12-31', '0100', ['0099-12-31', '0100']],
  ])('from %s to %s', (from, to, expected) => {
    expect(periodsBetween(from, to)).toEqual(expected);
  });

  it('without end is short', () => {
    expect(periodsBetween(undefined, '1999')).toEqual(centuries(0, 19));
    expect(periodsBetween('9899-12-31')).toEqual(['9899-12-31', '99']);
    expect(periodsBetween()).toEqual(centuries(0, 99));
    expect(periodsBetween('2024-05-05', undefined).length).toBeLessThan(500);
  });

  it('has each of its days once, and no other', () => {
    const [from, to] = ['1999-11-20', '2101-02-03'];
    const periods = new Set(periodsBetween(from, to));
    for (let year = 1998; year <= 2102; year++) {
      for (const rest of ['01-01', '02-03', '02-04', '11-19', '11-20', '12-31']) {
        const date = `${year}-${rest}`;
        const held = periodsOf(date).filter((period) => periods.has(period));
        expect(held.length, date).toBe(date >= from && date <= to ? 1 : 0);
      }
    }
  });
});

it('periods are gathered by their years', () => {
  expect(byYear(['2023-12-30', '2023-12-31', '2024', '21'])).toEqual([
    ['2023-12-30', '2023-12-31'],
    ['2024'],
    ['21'],
  ]);
  expect(byYear([])).toEqual([]);
});

function january(year: number): string[] {
  return Array.from({ length: 31 }, (_, i) => `${year}-01-${String(i + 1).padStart(2, '0')}`);
}

function centuries(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(2, '0'));
}

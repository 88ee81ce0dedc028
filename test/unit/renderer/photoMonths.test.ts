// Months are loaded when they are near, kept while they are, and asked for again after a change. The
// engine is a function that answers when it is told to.
import { expect, test, vi } from 'vitest';
import {
  createPhotoMonths,
  type MonthSource,
} from '../../../src/renderer/features/library/photoMonths.ts';
import type { PhotoTile } from '../../../src/shared/library.ts';
import { tile, tiles, timelineOf } from './tiles.ts';

function library(months: Record<string, PhotoTile[]>) {
  const asked: string[] = [];
  const source: MonthSource = {
    timeline: async () =>
      timelineOf(Object.fromEntries(Object.entries(months).map(([m, t]) => [m, t.length]))),
    photosOf: async (month) => {
      asked.push(month);
      return (months[month] ?? []).map((each) => ({ ...each }));
    },
  };
  const errors: unknown[] = [];
  return {
    asked,
    errors,
    months: createPhotoMonths(source, (error) => errors.push(error)),
    source,
  };
}

test('only months that are wanted are loaded, each once', async () => {
  const { months, asked } = library({ '2024-03': tiles(3, 1), '2024-02': tiles(2, 10) });
  months.refresh();
  months.want(['2024-03']);
  months.want(['2024-03']);
  await vi.waitFor(() => expect(months.state().photos.get('2024-03')).toHaveLength(3));
  expect(asked).toEqual(['2024-03']);
  expect(months.state().timeline?.photos).toBe(5);
});

test('what has not changed is the same object after a change of the library', async () => {
  const shelf = { '2024-03': tiles(2, 1) };
  const { months, asked } = library(shelf);
  months.refresh();
  months.want(['2024-03']);
  await vi.waitFor(() => expect(months.state().photos.size).toBe(1));
  const before = months.state().photos.get('2024-03');
  shelf['2024-03'] = [tile(9), ...shelf['2024-03']];
  months.refresh();
  await vi.waitFor(() => expect(months.state().photos.get('2024-03')).toHaveLength(3));
  expect(months.state().photos.get('2024-03')?.[1]).toBe(before?.[0]);
  months.refresh();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  const after = months.state().photos.get('2024-03');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(months.state().photos.get('2024-03')).toBe(after);
});

test('what is shown stays until its successor has come', async () => {
  const { months } = library({ '2024-03': tiles(2, 1) });
  months.refresh();
  months.want(['2024-03']);
  await vi.waitFor(() => expect(months.state().photos.size).toBe(1));
  const seen: number[] = [];
  months.subscribe(() => seen.push(months.state().photos.size));
  months.refresh();
  await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(2));
  expect(seen.every((size) => size === 1)).toBe(true);
});

test('a month that is gone is let go', async () => {
  const shelf: Record<string, PhotoTile[]> = { '2024-03': tiles(2, 1), '2024-02': tiles(1, 9) };
  const { months } = library(shelf);
  months.refresh();
  months.want(['2024-03', '2024-02']);
  await vi.waitFor(() => expect(months.state().photos.size).toBe(2));
  delete shelf['2024-02'];
  months.refresh();
  await vi.waitFor(() => expect([...months.state().photos.keys()]).toEqual(['2024-03']));
});

test('months far away are let go once there are many photos', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `2023-${String(i + 1).padStart(2, '0')}`);
  const { months } = library(
    Object.fromEntries(names.map((name, i) => [name, tiles(1500, i * 1500, name)])),
  );
  months.refresh();
  for (const name of names) {
    months.want([name]);
    await vi.waitFor(() => expect(months.state().photos.has(name)).toBe(true));
  }
  const kept = [...months.state().photos.keys()];
  expect(kept).toContain('2023-12');
  expect(kept).not.toContain('2023-01');
  expect(kept.length).toBeLessThanOrEqual(6);
});

test('a month that cannot be loaded is told, and the others come', async () => {
  const { months, errors, source } = library({ '2024-03': tiles(2, 1), '2024-02': tiles(1, 9) });
  const { photosOf } = source;
  source.photosOf = (month) =>
    month === '2024-03' ? Promise.reject(new Error('lost')) : photosOf(month);
  months.refresh();
  months.want(['2024-03', '2024-02']);
  await vi.waitFor(() => expect(months.state().photos.has('2024-02')).toBe(true));
  expect(String(errors[0])).toContain('lost');
});

test('a month far away can be had for a selection, and is not kept', async () => {
  const { months } = library({ '2024-03': tiles(2, 1) });
  months.refresh();
  expect(await months.load('2024-03')).toHaveLength(2);
  expect(months.state().photos.size).toBe(0);
});

// Photos in rows: every full row fills the width, none is blown up, odd shapes are cut.
import { describe, expect, test } from 'vitest';
import { justify, ratioOf } from '../../../src/renderer/features/library/justify.ts';

const rules = { width: 1000, rowHeight: 200, gap: 4 };
const landscape = { width: 3000, height: 2000 };
const portrait = { width: 2000, height: 3000 };

describe('rows of photos', () => {
  test('a full row ends exactly at the right edge, with one gap between photos', () => {
    const shapes = Array.from({ length: 40 }, (_, i) => (i % 3 ? landscape : portrait));
    const { rows } = justify(shapes, rules);
    for (const { boxes } of rows.slice(0, -1)) {
      const last = boxes.at(-1);
      expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(1000);
      for (const [i, box] of boxes.slice(1).entries()) {
        const before = boxes[i];
        const gap = box.left - (before?.left ?? 0) - (before?.width ?? 0);
        expect(gap).toBeGreaterThanOrEqual(3);
        expect(gap).toBeLessThanOrEqual(5);
      }
    }
  });

  test('every photo is in one row, in order', () => {
    const { rows } = justify(
      Array.from({ length: 41 }, () => landscape),
      rules,
    );
    expect(rows.reduce((sum, { boxes }) => sum + boxes.length, 0)).toBe(41);
    for (const [i, row] of rows.slice(1).entries()) {
      expect(row.first).toBe((rows[i]?.first ?? 0) + (rows[i]?.boxes.length ?? 0));
    }
  });

  test('full rows stay near the height that was asked for', () => {
    const { rows } = justify(
      Array.from({ length: 60 }, () => landscape),
      rules,
    );
    for (const { height } of rows.slice(0, -1)) {
      expect(height).toBeGreaterThan(140);
      expect(height).toBeLessThan(272);
    }
  });

  test('the last row keeps that height instead of blowing up a lone photo', () => {
    const { rows, height } = justify([landscape], rules);
    expect(rows).toEqual([{ first: 0, top: 0, height: 200, boxes: [{ left: 0, width: 300 }] }]);
    expect(height).toBe(200);
  });

  test('one photo wider than the window shrinks to it', () => {
    const { rows } = justify([{ width: 9000, height: 1000 }], { ...rules, width: 320 });
    expect(rows[0]?.boxes).toEqual([{ left: 0, width: 320 }]);
  });

  test('no photos take no height', () => {
    expect(justify([], rules)).toEqual({ rows: [], height: 0 });
  });
});

describe('the shape of a photo', () => {
  test('is a square where the size is not known', () => {
    expect(ratioOf({ width: 0, height: 0 })).toBe(1);
  });

  test('is cut where it would take the room of others', () => {
    expect(ratioOf({ width: 10_000, height: 1000 })).toBe(2.6);
    expect(ratioOf({ width: 100, height: 1000 })).toBe(0.5);
  });
});

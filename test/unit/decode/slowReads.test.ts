// When files are slow to come, by what decoders tell of their photos.
import { describe, expect, it } from 'vitest';
import { SlowReads } from '../../../src/engine/decode/slowReads.ts';

function times(readMs: number) {
  return { readMs, hashMs: 1, decodeMs: 8, thumbnailMs: 1 };
}

function noted(photos: readonly number[]): boolean {
  const reads = new SlowReads();
  return photos.map((readMs) => reads.note(times(readMs))).includes(true);
}

describe('reading', () => {
  it('is slow where photos are waited for', () => {
    expect(noted(Array(32).fill(20))).toBe(true);
    expect(noted(Array(32).fill(1))).toBe(false);
  });

  it('is not told by a few photos', () => {
    expect(noted(Array(31).fill(1000))).toBe(false);
    expect(noted([60, ...Array(31).fill(0.1)])).toBe(false);
  });

  it('is slow from the moment it becomes so', () => {
    expect(noted([...Array(320).fill(0.1), ...Array(32).fill(20)])).toBe(true);
  });
});

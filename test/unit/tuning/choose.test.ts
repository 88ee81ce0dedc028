// Which configuration is chosen, given what was measured.
import { describe, expect, it } from 'vitest';
import { choose, isGain, wholeRate } from '../../../src/engine/tuning/choose.ts';
import type { Measurement } from '../../../src/shared/tuning.ts';

function measured(embedsPerSecond: number, rest: Partial<Measurement> = {}): Measurement {
  const usual = { embedders: 2, threads: 1, batch: 8 } as const;
  return { provider: 'cpu', precision: 'float32', ...usual, embedsPerSecond, ...rest };
}

describe('photos a second of the whole', () => {
  it('on a processor: decoding and embedding share the cores', () => {
    // 10 ms of the whole machine to decode, 30 ms to embed.
    const rate = wholeRate(measured(1000 / 30), { cores: 2, decodesPerSecond: 100 });
    expect(rate).toBeCloseTo(25);
  });

  it('where embedding leaves cores free, decoding takes those first', () => {
    const one = measured(20, { embedders: 1 });
    expect(wholeRate(one, { cores: 4, decodesPerSecond: 400 })).toBeCloseTo(20);
  });

  it('beside a graphics card decoding has nearly all cores, and is the limit', () => {
    const card = measured(5000, { provider: 'cuda', embedders: 1, batch: 32 });
    const rate = wholeRate(card, { cores: 16, decodesPerSecond: 1600 });
    expect(rate).toBeGreaterThan(1500);
    expect(rate).toBeLessThan(1600);
  });

  it('where decoding could not be measured, it costs nothing', () => {
    expect(wholeRate(measured(33), { cores: 2 })).toBe(33);
  });
});

it('a gain is more than what measurements differ by', () => {
  expect([100, 102, 104].map((rate) => isGain(rate, 100))).toEqual([false, false, true]);
});

describe('the choice', () => {
  const machine = { cores: 2, decodesPerSecond: 150 };

  it('is the fastest, wherever it stands', () => {
    const fastest = measured(60, { batch: 16 });
    expect(choose([measured(40), measured(50, { batch: 4 }), fastest], machine)).toBe(fastest);
  });

  it('is the first of those between which nothing can be told', () => {
    const usual = measured(40);
    expect(choose([usual, measured(40.8, { batch: 16 }), measured(39)], machine)).toBe(usual);
  });

  it('is the faster one also where decoding hides that it is', () => {
    const [usual, faster] = [measured(200), measured(220, { batch: 4 })];
    const slowDecoding = { cores: 2, decodesPerSecond: 50 };
    expect(wholeRate(usual, slowDecoding)).toBeGreaterThan(wholeRate(faster, slowDecoding) * 0.97);
    expect(choose([usual, faster], slowDecoding)).toBe(faster);
  });

  it('is no graphics card that is slower than the processor', () => {
    const usual = measured(40);
    const card = measured(12, { provider: 'webgpu', embedders: 1 });
    expect(choose([usual, card], machine)).toBe(usual);
  });

  it('is a graphics card that leaves the cores to decoding, though it embeds no faster', () => {
    const card = measured(42, { provider: 'webgpu', embedders: 1 });
    expect(choose([measured(40), card], { cores: 8, decodesPerSecond: 100 })).toBe(card);
  });
});

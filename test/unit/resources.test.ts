// What a run takes of a machine where nothing was measured.
import { describe, expect, it } from 'vitest';
import { usualResources } from '../../src/engine/resources.ts';

const gibibyte = 2 ** 30;

function usual(cores: number, memory: number): string {
  const { decoders, embedders, threads } = usualResources(cores, memory * gibibyte);
  return `${decoders} + ${embedders} × ${threads}`;
}

describe('decoders and embedders', () => {
  it('are one for each core, of one thread', () => {
    expect(usual(1, 4)).toBe('1 + 1 × 1');
    expect(usual(2, 4)).toBe('2 + 2 × 1');
    expect(usual(8, 16)).toBe('8 + 8 × 1');
    expect(usual(16, 16)).toBe('16 + 16 × 1');
  });

  it('are fewer where they would take more than a third of the memory, and use all cores', () => {
    expect(usual(16, 8)).toBe('12 + 8 × 2');
    expect(usual(4, 2)).toBe('3 + 2 × 2');
    expect(usual(4, 0.5)).toBe('1 + 1 × 4');
  });

  it('are thirty-two at most', () => {
    expect(usual(64, 256)).toBe('32 + 32 × 2');
  });
});

// Which processes are worth measuring, given cores and memory.
import { describe, expect, it } from 'vitest';
import { decodersFor, embedderBytes, shapesFor } from '../../../src/engine/tuning/candidates.ts';

const gibibyte = 2 ** 30;
const small = embedderBytes(10e6, false);

function shapes(cores: number, memory = 64 * gibibyte, bytes = small): string[] {
  return shapesFor({ cores, memory, embedderBytes: bytes }).map(
    ({ embedders, threads }) => `${embedders} × ${threads}`,
  );
}

describe('the ways to share the cores among embedders', () => {
  it('begin with the likeliest', () => {
    expect(shapes(1)).toEqual(['1 × 1']);
    expect(shapes(2)).toEqual(['2 × 1', '1 × 2']);
    expect(shapes(8)).toEqual(['8 × 1', '4 × 2', '2 × 4', '1 × 8']);
    expect(shapes(6)).toEqual(['6 × 1', '3 × 2', '1 × 6']);
    expect(shapes(64)).toEqual(['32 × 2', '16 × 4', '8 × 8', '4 × 16', '2 × 32', '1 × 64']);
  });

  it('never take more threads than there are cores', () => {
    for (let cores = 1; cores <= 128; cores++) {
      for (const { embedders, threads } of shapesFor({
        cores,
        memory: 512 * gibibyte,
        embedderBytes: small,
      })) {
        expect(embedders * threads).toBeLessThanOrEqual(cores);
      }
    }
  });

  it('leave out those whose processes would not fit into memory, but never all', () => {
    const large = embedderBytes(350e6, false);
    expect(shapes(8, 4 * gibibyte, large)).toEqual(['2 × 4', '1 × 8']);
    expect(shapes(8, gibibyte / 2, large)).toEqual(['1 × 8']);
  });

  it('take more processes of a prepared model, which they share', () => {
    const prepared = embedderBytes(350e6, true);
    expect(shapes(8, 4 * gibibyte, prepared)).toEqual(shapes(8));
  });
});

describe('decoders', () => {
  it('are one for each core, up to thirty-two', () => {
    const room = { memory: 64 * gibibyte, embedderBytes: small };
    expect(decodersFor({ ...room, cores: 2 }, 2)).toBe(2);
    expect(decodersFor({ ...room, cores: 64 }, 4)).toBe(32);
  });

  it('are fewer where memory is short, but one', () => {
    const room = { cores: 8, embedderBytes: small };
    expect(decodersFor({ ...room, memory: 2 * gibibyte }, 4)).toBeLessThan(8);
    expect(decodersFor({ ...room, memory: gibibyte / 4 }, 4)).toBe(1);
  });
});

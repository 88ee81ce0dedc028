// Who looks at runs from outside the window: when one has ended, and what is said of it. The engine is
// a stand-in that tells what the test has it tell.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tooltip } from '../../../src/main/progressText.ts';
import { RunWatch } from '../../../src/main/runWatch.ts';
import type { EngineApi, Progress } from '../../../src/shared/contract.ts';

const progress: Progress = {
  phase: 'indexing',
  speed: 'balanced',
  eligible: 1200,
  scanned: true,
  unchanged: 0,
  indexed: 600,
  failed: 0,
  skipped: 3,
  photosPerSecond: 40,
  elapsedMs: 15_000,
  queues: { decode: 0, embed: 0, store: 0 },
  stages: { read: 0, decode: 0, thumbnail: 0, embed: 0, store: 0, upsert: 0 },
  workers: [],
};

function watchedEngine() {
  let tell: (progress: Progress) => void = () => {};
  let running = true;
  const engine = {
    call: async () => (running ? { running: progress } : { lastRun: { id: 7 } }),
    on: (_name: string, listener: (progress: Progress) => void) => {
      tell = listener;
      return () => {};
    },
  } as unknown as Pick<EngineApi, 'call' | 'on'>;
  const watch = new RunWatch(engine);
  const seen: unknown[] = [];
  watch.add({ progress: () => seen.push('progress'), ended: (report) => seen.push(report) });
  const end = () => {
    running = false;
  };
  return { watch, seen, tell: () => tell(progress), end };
}

describe('a run seen from outside', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('has ended when the engine has fallen silent and says so', async () => {
    const { watch, seen, tell, end } = watchedEngine();
    tell();
    expect(watch.now).toBe(progress);
    end();
    await vi.advanceTimersByTimeAsync(2500);
    expect(seen).toEqual(['progress', { id: 7 }]);
    expect(watch.now).toBeUndefined();
  });

  it('has not ended when the engine is only too busy to tell', async () => {
    const { watch, seen, tell } = watchedEngine();
    tell();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(seen).toEqual(['progress']);
    expect(watch.now).toBe(progress);
  });

  it('is told in a few words', () => {
    expect(tooltip(undefined)).toBe('Ocelli');
    expect(tooltip({ ...progress, scanned: false })).toBe('Ocelli: 1,200 photos found');
    expect(tooltip(progress)).toBe('Ocelli: 50 % indexed');
    expect(tooltip({ ...progress, phase: 'paused' })).toBe('Ocelli: paused at 50 %');
    expect(tooltip({ ...progress, indexed: 1196 })).toBe('Ocelli: 99 % indexed');
  });
});

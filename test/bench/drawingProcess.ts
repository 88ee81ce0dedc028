// A program that has nothing to do with the indexer and draws, as a browser or an editor does under
// somebody's hands: a little work for each frame, sixty times a second, and in between it waits.
import { setTimeout as sleep } from 'node:timers/promises';
import { answerJob } from './inProcess.ts';
import { percentile } from './statistics.ts';

export interface DrawingJob {
  readonly seconds: number;
  /** Of work for a frame. Undefined: as many as take `frameWorkMs` now. */
  readonly rounds?: number;
}

export interface Drawn {
  /** Frames that were not done when the next one was due, as a share of all. */
  readonly late: number;
  /** From when a frame is due until it is done, milliseconds: the 95th percentile. */
  readonly p95Ms: number;
  readonly rounds: number;
}

const frameMs = 1000 / 60;
const frameWorkMs = 4;

answerJob<DrawingJob, Drawn>(async ({ seconds, rounds = roundsOf(frameWorkMs) }) => {
  const took: number[] = [];
  const start = performance.now();
  for (let frame = 1; frame <= seconds * 60; frame++) {
    const due = start + frame * frameMs;
    await sleep(Math.max(0, due - performance.now()));
    work(rounds);
    took.push(performance.now() - due);
  }
  return {
    late: took.filter((ms) => ms > frameMs).length / took.length,
    p95Ms: percentile(took, 95),
    rounds,
  };
});

/** The fastest of some: nobody else should count. */
function roundsOf(ms: number): number {
  const tried = 200;
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now();
    work(tried);
    return performance.now() - start;
  });
  return Math.round((ms / Math.min(...times)) * tried);
}

function work(rounds: number): void {
  const text = 'a line of text, laid out anew';
  for (let i = 0; i < rounds; i++) {
    JSON.parse(JSON.stringify({ i, text, words: text.split(' ') }));
  }
}

// A worker that does to its process what its jobs tell it to.
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '../../src/engine/pool/serve.ts';
import { OcelliError } from '../../src/shared/errors.ts';

export interface FaultySetUp {
  /** 'refuse': the set-up fails with a code; 'exit': the process ends before it is ready. */
  readonly start?: 'refuse' | 'exit';
  /** Comes back with each result. */
  readonly mark?: string;
}

export interface FaultyJob {
  readonly value: number;
  /**
   * exit: ends the process; hang: never answers; loop: the same, at full speed; throw: fails with a code; leak: keeps 4 MB more
   * for good, and answers; slow: answers after a while.
   */
  readonly fault?: 'exit' | 'hang' | 'throw' | 'leak' | 'loop' | 'slow';
}

export interface FaultyResult {
  readonly value: number;
  readonly pid: number;
  readonly mark?: string | undefined;
  /** Whether it was heard of while others were before it. */
  readonly foreseen: boolean;
}

const foreseen = new Set<number>();
const leaked: Buffer[] = [];

serve<FaultySetUp, FaultyJob, FaultyResult>({
  foresee: ({ value }) => void foreseen.add(value),
  async setUp({ start, mark }) {
    if (start === 'exit') process.exit(7);
    if (start === 'refuse') throw new OcelliError('MODEL_DAMAGED', 'The model file is cut off.');
    return async ({ value, fault }) => {
      if (fault === 'exit') process.exit(9);
      if (fault === 'hang') await new Promise(() => setInterval(() => {}, 1000));
      if (fault === 'leak') leaked.push(Buffer.alloc(4e6, value + 1));
      if (fault === 'slow') await sleep(300);
      while (fault === 'loop');
      if (fault === 'throw') throw new OcelliError('IMAGE_DAMAGED', `Number ${value} is damaged.`);
      return { value, pid: process.pid, mark, foreseen: foreseen.has(value) };
    };
  },
});

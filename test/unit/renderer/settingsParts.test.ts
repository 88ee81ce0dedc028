// What the settings and the failures rest on: actions that wait, times that passed, words.
import { describe, expect, it } from 'vitest';
import {
  reasonWords,
  stageWord,
  wayOutWords,
} from '../../../src/renderer/features/indexing/failureWords.ts';
import { DelayedActions } from '../../../src/renderer/features/settings/DelayedActions.ts';
import { formatAgo } from '../../../src/renderer/features/settings/formatAgo.ts';
import type { Failure } from '../../../src/shared/contract.ts';
import { errorKind } from '../../../src/shared/errors.ts';

/** Timers that go off when the test says so. */
function handTimers() {
  const set = new Map<number, () => void>();
  let next = 1;
  return {
    set(run: () => void) {
      set.set(next, run);
      return next++;
    },
    clear: (timer: number) => void set.delete(timer),
    goOff: () => {
      for (const run of [...set.values()]) run();
    },
  };
}

describe('actions that wait', () => {
  const begin = () => {
    const done: string[] = [];
    let waiting: string[] = [];
    const timers = handTimers();
    const actions = new DelayedActions(8000, timers, (keys) => {
      waiting = [...keys];
    });
    const schedule = (key: string) => actions.schedule(key, () => done.push(key));
    return { actions, done, timers, schedule, waiting: () => waiting };
  };

  it('are done when their time has come, once', () => {
    const { schedule, timers, done, waiting, actions } = begin();
    schedule('a');
    expect([done, waiting()]).toEqual([[], ['a']]);
    timers.goOff();
    actions.flush();
    expect([done, waiting()]).toEqual([['a'], []]);
  });

  it('can be taken back', () => {
    const { schedule, timers, done, waiting, actions } = begin();
    schedule('a');
    schedule('b');
    actions.cancel('a');
    actions.cancel('never asked for');
    expect(waiting()).toEqual(['b']);
    timers.goOff();
    expect(done).toEqual(['b']);
  });

  it('are done at once when the window closes, or not at all', () => {
    const { schedule, timers, done, actions } = begin();
    schedule('a');
    actions.flush();
    schedule('b');
    actions.cancelAll();
    timers.goOff();
    expect(done).toEqual(['a']);
  });
});

describe('how long ago', () => {
  const now = new Date(2026, 10, 24, 12).getTime();
  const ago = (minutes: number) => formatAgo(now - minutes * 60_000, now);
  it('is told as people say it', () => {
    expect(ago(0.5)).toBe('just now');
    expect(ago(5)).toBe('5 minutes ago');
    expect(ago(60)).toBe('1 hour ago');
    expect(ago(24 * 60)).toBe('yesterday');
    expect(ago(30 * 24 * 60)).toBe('on 25 October 2026');
    expect(ago(-5)).toBe('just now');
  });
});

describe('failures in a window', () => {
  const failure = (code: Failure['code']): Failure => ({
    photo: 1,
    path: '/p/a.jpg',
    outcome: 'failed',
    stage: 'decode',
    code,
    message: 'The file is empty: /p/a.jpg',
    wayOut: errorKind(code).wayOut,
    attempts: 1,
    at: 0,
  });

  it('do not speak of commands', () => {
    const codes = ['FILE_UNREADABLE', 'EMBEDDER_DIED', 'EMBEDDER_HUNG', 'EMBED_FAILED'] as const;
    for (const code of codes) {
      expect(wayOutWords(failure(code))).toMatch(/try it again/i);
      expect(wayOutWords(failure(code))).not.toContain('`');
    }
  });

  it('do not repeat the path', () => {
    expect(reasonWords(failure('FILE_EMPTY'))).toBe('The file is empty');
  });

  it('name the stage', () => {
    expect(stageWord(failure('FILE_EMPTY'))).toBe('Decoding');
    expect(stageWord(failure('IGNORED'))).toBe('Ignored');
  });
});

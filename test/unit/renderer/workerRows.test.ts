// Processes as rows: each by itself where there are few, by kind where there are many.
import { describe, expect, it } from 'vitest';
import {
  hasMany,
  rowOfEach,
  rowOfEachKind,
} from '../../../src/renderer/features/indexing/workerRows.ts';

function workers(kind: string, count: number, working: number) {
  return Array.from({ length: count }, (_, i) => ({
    name: `${kind} ${i + 1}`,
    pid: 100 + i,
    busy: i < working,
    rssBytes: 10,
    cpuPercent: 30,
  }));
}

describe('the rows of processes', () => {
  it('are one for each, with what it does', () => {
    const rows = rowOfEach(workers('decoder', 2, 1));
    expect(rows.map(({ name, pid, state }) => [name, pid, state])).toEqual([
      ['decoder 1', '100', 'working'],
      ['decoder 2', '101', 'waiting'],
    ]);
  });

  it('are one for each kind, with what all of it take', () => {
    const all = [...workers('decoder', 16, 12), ...workers('embedder', 1, 1)];
    const rows = rowOfEachKind(all).map(({ key: _key, ...row }) => row);
    expect(rows).toEqual([
      {
        ...{ name: '16 decoders', state: '12 working, 4 waiting', isBusy: true },
        ...{ cpuPercent: 480, rssBytes: 160 },
      },
      { name: '1 embedder', state: '1 working', isBusy: true, cpuPercent: 30, rssBytes: 10 },
    ]);
    expect(rowOfEachKind(workers('decoder', 2, 0))[0]?.state).toBe('2 waiting');
  });

  it('are many where there are more than four of a kind', () => {
    expect(hasMany([...workers('decoder', 4, 0), ...workers('embedder', 4, 0)])).toBe(false);
    expect(hasMany(workers('decoder', 5, 0))).toBe(true);
  });
});

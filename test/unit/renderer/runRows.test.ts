// Runs side by side, and as files for other programs.
import { describe, expect, it } from 'vitest';
import { runsAsCsv, runsAsMarkdown } from '../../../src/renderer/features/indexing/exportRuns.ts';
import { compareRow, rowRatio, runRows } from '../../../src/renderer/features/indexing/runRows.ts';
import type { RunReport } from '../../../src/shared/contract.ts';

/** The first and the last run of the report that the rows come from. */
const initial = report({ totalMs: 151_760, workMs: 151_760, embed: 130_670, upsert: 20_240 });
const latest = report({ totalMs: 57_110, workMs: 57_110, embed: 51_570, upsert: 3990 });

function report(times: {
  totalMs: number;
  workMs: number;
  embed: number;
  upsert: number;
  embedded?: number;
}): RunReport {
  const { totalMs, workMs, embed, upsert, embedded = 2140 } = times;
  return {
    id: totalMs,
    startedAt: new Date(2026, 4, 3, 9, 5).getTime(),
    finishedAt: 0,
    outcome: 'complete',
    model: 'a|b, "c"',
    roots: [],
    eligible: embedded,
    indexed: embedded,
    failed: 0,
    skipped: 0,
    pending: 0,
    unchanged: 0,
    recognised: 0,
    embedded,
    removed: 0,
    scanMs: 10,
    workMs,
    totalMs,
    stages: { read: 850, decode: 0, thumbnail: 0, embed, store: 0, upsert },
  };
}

const row = (label: string, ...runs: RunReport[]) => {
  const found = runRows(runs).find((candidate) => candidate.label === label);
  if (!found) throw new Error(`no row ${label}`);
  return found;
};

describe('rows of runs', () => {
  it('are those of the report that this product began with', () => {
    expect(row('throughput', initial).values[0]?.value).toBeCloseTo(14.1, 2);
    expect(row('average per image', initial).values[0]?.value).toBeCloseTo(70.92, 2);
    expect(row('average embedding per image', latest).values[0]?.value).toBeCloseTo(24.1, 2);
    expect(row('embedding', initial).values[0]?.share).toBeCloseTo(0.861, 3);
  });

  it('say what became of each figure', () => {
    expect(rowRatio(row('throughput', initial, latest))).toBeCloseTo(2.657, 3);
    expect(compareRow(row('throughput', initial, latest))).toBe('better');
    expect(compareRow(row('total time', initial, latest))).toBe('better');
    expect(compareRow(row('total time', latest, initial))).toBe('worse');
    expect(compareRow(row('scan', initial, latest))).toBe('same');
  });

  it('claim nothing for a run that embedded nothing', () => {
    const idle = report({ totalMs: 100, workMs: 0, embed: 0, upsert: 0, embedded: 0 });
    expect(row('throughput', idle).values[0]?.value).toBeUndefined();
    expect(row('average per image', idle).values[0]?.value).toBeUndefined();
    expect(rowRatio(row('throughput', idle, latest))).toBeUndefined();
    expect(compareRow(row('decoding', initial, latest))).toBeUndefined();
  });
});

describe('exported runs', () => {
  it('are a Markdown table of equally many cells in every line', () => {
    const lines = runsAsMarkdown([initial, latest]).trimEnd().split('\n');
    expect(lines[0]).toBe('|  | 2026-05-03 09:05 | 2026-05-03 09:05 | ratio |');
    expect(lines[1]).toBe('|---|---:|---:|---:|');
    expect(lines).toContain('| throughput, images/s | 14.10 | 37.47 | 2.66 × |');
    const cells = lines.map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(cells)).toEqual(new Set([6]));
  });

  it('are comma-separated values with shares of their own and quoted text', () => {
    const lines = runsAsCsv([initial]).trimEnd().split('\r\n');
    expect(lines[0]).toBe('row,unit,2026-05-03 09:05,"2026-05-03 09:05, share"');
    expect(lines).toContain('embedding,s,130.67,0.861');
    expect(lines.at(-1)).toBe('model,,"a|b, ""c""",');
  });

  it('do not let a name be run as a formula', () => {
    expect(runsAsCsv([{ ...initial, model: '=1+1' }])).toContain("model,,'=1+1,");
  });
});

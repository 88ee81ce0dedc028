// From what pipelines and the parts of the bound did in turns to rates, ratios and shares.
import { describe, expect, it } from 'vitest';
import type { Work } from '../../bench/indexing/contestant.ts';
import { type PartName, turnFigures } from '../../bench/indexing/turnFigures.ts';

function works(entries: readonly [PartName, Work][]) {
  return new Map(entries);
}

/** Bound: 2 ÷ (10 ms + 30 ms) = 50 photos/s. */
const parts: readonly [PartName, Work][] = [
  ['decode', { photos: 100, seconds: 1.5, cpuSeconds: 1 }],
  ['embed int8', { photos: 80, seconds: 2.4, cpuSeconds: 2.4 }],
];

const common = {
  model: 'ViT-B/32',
  precision: 'int8' as const,
  cores: 2,
  turns: 10,
  halves: [],
  share: undefined,
  memory: { peakRssMb: undefined, peakPssMb: undefined },
};

describe('figures of turns', () => {
  it('compare photos in the seconds of the own turns with what the parts cost', () => {
    const ours: [PartName, Work] = ['ours int8', { photos: 90, seconds: 2, cpuSeconds: undefined }];
    const reported: [PartName, Work] = [
      'reported float32',
      { photos: 32, seconds: 4, cpuSeconds: undefined },
    ];
    const figures = turnFigures({ ...common, works: works([...parts, ours, reported]) });
    expect(figures).toMatchObject({ ours: 45, reportedFloat32: 8, reported: undefined });
    expect(figures.bound).toEqual({ decodeCpuMs: 10, embedCpuMs: 30, photosPerSecond: 50 });
    expect(figures.fractionOfBound).toBeCloseTo(0.9);
  });

  it('say where the rest went: to whom, and to nobody', () => {
    const figures = turnFigures({
      ...common,
      works: works([...parts, ['ours int8', { photos: 90, seconds: 2, cpuSeconds: undefined }]]),
      share: {
        seconds: 2,
        cpuSeconds: 3.8,
        byKind: new Map([
          ['worker', 2.7],
          ['decoder', 0.9],
          ['engine', 0.2],
        ]),
        othersCpuSeconds: 0.04,
      },
    });
    expect(figures.pipeline?.workers).toBeCloseTo(40);
    expect(figures.pipeline?.engine).toBeCloseTo(2.22, 2);
    expect(figures.idleShare).toBeCloseTo(0.05);
    expect(figures.takenByOthers).toBeCloseTo(0.01);
  });

  it('are not made up where somebody told too little', () => {
    const nothing = works([...parts, ['ours int8', { photos: 0, seconds: 2, cpuSeconds: 0 }]]);
    expect(() => turnFigures({ ...common, works: nothing })).toThrow(/too short a time/);
    expect(() => turnFigures({ ...common, works: works([]) })).toThrow(/too short a time/);
  });
});

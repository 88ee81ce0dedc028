// Who takes turns with others works in its own ones alone, and is measured by a clock that stands
// still with it.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Contestant, canStopProcesses } from '../../bench/indexing/contestant.ts';
import type { TickingJob } from '../../support/tickingProcess.ts';

const started: Contestant[] = [];

afterEach(() => {
  for (const contestant of started.splice(0)) contestant.end();
});

async function start(job: TickingJob, processes = 1): Promise<Contestant> {
  const module = '../support/tickingProcess.ts';
  const contestant = await Contestant.start({ name: 'ticking', module, job, processes });
  started.push(contestant);
  return contestant;
}

describe.skipIf(!canStopProcesses)('a contestant', () => {
  it('does nothing while it is the turn of others', async () => {
    const ticking = await start({});
    ticking.begin();
    await ticking.turn(200);
    const before = ticking.work() ?? { photos: 0, seconds: 0 };
    await sleep(1000);
    await ticking.turn(200);
    const after = ticking.work() ?? { photos: 0, seconds: 0 };
    expect(after.photos).toBeGreaterThan(before.photos);
    // However slow this machine is just now: more than a tick in ten milliseconds of its own there
    // cannot be, and there would be a hundred more if it had gone on in the second between.
    expect(after.photos).toBeLessThan(after.seconds * 100 + 20);
  });

  it('is several processes where that is asked for, and their costs are summed', async () => {
    const ticking = await start({}, 2);
    ticking.begin();
    await ticking.turn(200);
    const work = ticking.work();
    // Each tick is told to have cost 2 ms.
    expect(work?.cpuSeconds).toBeCloseTo((work?.photos ?? 0) * 0.002, 6);
  });

  it('tells of a part of what it did', async () => {
    const ticking = await start({});
    ticking.begin();
    await ticking.turn(300);
    const [all, early, late] = [ticking.work(), ticking.work(0, 0.5), ticking.work(0.5, 1)];
    expect((early?.photos ?? 0) + (late?.photos ?? 0)).toBe(all?.photos);
  });

  it('says when there is nothing left to do', async () => {
    const ticking = await start({ ticks: 20 });
    let turns = 0;
    while (await ticking.turn(100)) turns += 1;
    expect(turns).toBeLessThan(20);
  });

  it('fails with what its process says', async () => {
    await expect(start({ failure: 'no model' })).rejects.toThrow(/ticking: Error: no model/);
  });

  it('has told nothing before its first turn', async () => {
    const ticking = await start({});
    ticking.begin();
    expect(ticking.work()).toBeUndefined();
  });
});

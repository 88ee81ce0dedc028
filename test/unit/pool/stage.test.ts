// A stage between two channels: it keeps pace with the slower side, and ends with either.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Channel } from '../../../src/engine/pool/channel.ts';
import { runStage } from '../../../src/engine/pool/stage.ts';
import { Width } from '../../../src/engine/pool/width.ts';
import { waitUntil } from '../../support/waitUntil.ts';

async function drain<T>(channel: Channel<T>): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const items = await channel.take(10);
    if (items.length === 0) return all;
    all.push(...items);
  }
}

async function fill(channel: Channel<number>, count: number): Promise<number> {
  for (let i = 0; i < count; i++) if (!(await channel.push(i))) return i;
  channel.end();
  return count;
}

const double = async (items: number[]) => items.map((item) => item * 2);

describe('a stage', () => {
  it('works on more or on fewer at once as its width changes, and loses nothing', async () => {
    const from = new Channel<number>(100);
    const to = new Channel<number>(100);
    const width = new Width(1);
    const open: (() => void)[] = [];
    let atWork = 0;
    const work = async (items: number[]) => {
      atWork += 1;
      await new Promise<void>((resolve) => open.push(resolve));
      atWork -= 1;
      return items;
    };
    const stage = runStage({ from, to, width, batch: 1, work });
    await fill(from, 60);
    const expectAtWork = (count: number) => waitUntil(`${count} at work`, () => atWork === count);
    await expectAtWork(1);
    width.change(5);
    await expectAtWork(5);
    width.change(2);
    for (const resolve of open.splice(0, 3)) resolve();
    await expectAtWork(2);
    for (const resolve of open.splice(0)) resolve();
    await waitUntil('two more are at work', () => open.length === 2);
    await sleep(20);
    expect(atWork).toBe(2);
    width.change(1);
    const ending = setInterval(() => {
      for (const resolve of open.splice(0)) resolve();
    }, 1);
    await stage;
    clearInterval(ending);
    expect((await drain(to)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, i) => i),
    );
  });

  it('works on everything that comes, then ends what follows it', async () => {
    const from = new Channel<number>(2);
    const to = new Channel<number>(2);
    const stage = runStage({ from, to, width: new Width(3), batch: 4, work: double });
    const filled = fill(from, 50);
    const results = await drain(to);
    await Promise.all([stage, filled]);
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i * 2));
  });

  it('works on no more at once than it may, and takes no more than a batch', async () => {
    const from = new Channel<number>(20);
    const to = new Channel<number>(100);
    let atWork = 0;
    let most = 0;
    let largest = 0;
    const work = async (items: number[]) => {
      most = Math.max(most, ++atWork);
      largest = Math.max(largest, items.length);
      await sleep(1);
      atWork -= 1;
      return items;
    };
    const stage = runStage({ from, to, width: new Width(3), batch: 4, work });
    await fill(from, 60);
    await stage;
    expect(most).toBe(3);
    expect(largest).toBe(4);
  });

  it('stands still while nobody takes what it has made', async () => {
    const from = new Channel<number>(2);
    const to = new Channel<number>(3);
    let begun = 0;
    const work = async (items: number[]) => {
      begun += items.length;
      return items;
    };
    const stage = runStage({ from, to, width: new Width(2), batch: 1, work });
    const filled = fill(from, 1000);
    await sleep(50);
    // Three wait in the channel, two in the hands of those who work.
    expect(begun).toBeLessThanOrEqual(5);
    expect(await drain(to)).toHaveLength(1000);
    await Promise.all([stage, filled]);
  });

  it('hands an error from before it to what follows it, and rejects', async () => {
    const from = new Channel<number>(2);
    const to = new Channel<number>(2);
    const stage = runStage({ from, to, width: new Width(2), batch: 1, work: double });
    const rejected = expect(stage).rejects.toThrow('the disk is gone');
    from.end(new Error('the disk is gone'));
    await rejected;
    await expect(to.take(1)).rejects.toThrow('the disk is gone');
  });

  it('ends both sides where its own work fails', async () => {
    const from = new Channel<number>(1);
    const to = new Channel<number>(1);
    const work = async () => {
      throw new Error('no space left');
    };
    const stage = runStage({ from, to, width: new Width(2), batch: 1, work });
    const rejected = expect(stage).rejects.toThrow('no space left');
    expect(await fill(from, 100)).toBeLessThan(100);
    await rejected;
    await expect(to.take(1)).rejects.toThrow('no space left');
  });

  it('works for nobody: where what follows has ended, what comes before ends too', async () => {
    const from = new Channel<number>(1);
    const to = new Channel<number>(1);
    let begun = 0;
    const work = async (items: number[]) => {
      begun += items.length;
      return items;
    };
    const stage = runStage({ from, to, width: new Width(1), batch: 1, work });
    to.end();
    expect(await fill(from, 100)).toBeLessThan(5);
    await stage;
    expect(begun).toBeLessThan(5);
  });

  it('three in a row end without a deadlock when the last one fails', async () => {
    const first = new Channel<number>(1);
    const second = new Channel<number>(1);
    const third = new Channel<number>(1);
    const nowhere = new Channel<never>(1);
    let seen = 0;
    const fail = async (): Promise<never[]> => {
      if (++seen === 5) throw new Error('the fifth is broken');
      return [];
    };
    const stages = [
      runStage({ from: first, to: second, width: new Width(4), batch: 1, work: double }),
      runStage({ from: second, to: third, width: new Width(2), batch: 3, work: double }),
      runStage({ from: third, to: nowhere, width: new Width(1), batch: 1, work: fail }),
    ];
    const results = Promise.allSettled(stages);
    await fill(first, 10_000);
    expect((await results).map((result) => result.status)).toContain('rejected');
    expect(first.hasEnded && second.hasEnded && third.hasEnded && nowhere.hasEnded).toBe(true);
  });
});

// The queue between two stages: bounded, and ended from either side.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Channel } from '../../../src/engine/pool/channel.ts';

const waits = Symbol('still waits');

/** What a promise has come to after a moment, or `waits` where it still waits. */
function soon<T>(promise: Promise<T>): Promise<T | typeof waits> {
  return Promise.race([promise, sleep(20, waits)]);
}

describe('a channel', () => {
  it('gives items in the order in which they came, as many as there are up to the most', async () => {
    const channel = new Channel<number>(10);
    for (const item of [1, 2, 3]) await channel.push(item);
    expect(await channel.take(2)).toEqual([1, 2]);
    expect(await channel.take(2)).toEqual([3]);
  });

  it('lets a pusher wait while it is full', async () => {
    const channel = new Channel<number>(1);
    await channel.push(1);
    const second = channel.push(2);
    expect(await soon(second)).toBe(waits);
    expect(channel.size).toBe(1);
    expect(await channel.take(1)).toEqual([1]);
    expect(await second).toBe(true);
    expect(await channel.take(1)).toEqual([2]);
  });

  it('lets a taker wait while it is empty', async () => {
    const channel = new Channel<number>(1);
    const taken = channel.take(5);
    expect(await soon(taken)).toBe(waits);
    await channel.push(7);
    expect(await taken).toEqual([7]);
  });

  it('waits with patience for more, until there are enough', async () => {
    const channel = new Channel<number>(10);
    const taken = channel.take(10, { enough: 3, ms: 60_000 });
    await channel.push(1);
    await channel.push(2);
    expect(await soon(taken)).toBe(waits);
    await channel.push(3);
    expect(await taken).toEqual([1, 2, 3]);
  });

  it('does not wait for more than it can hold', async () => {
    const channel = new Channel<number>(2);
    for (const item of [1, 2]) await channel.push(item);
    expect(await channel.take(10, { enough: 10, ms: 60_000 })).toEqual([1, 2]);
  });

  it('lets one taker gather after the other, so that each has its fill', async () => {
    const channel = new Channel<number>(10);
    const patience = { enough: 3, ms: 60_000 };
    const [first, second] = [channel.take(3, patience), channel.take(3, patience)];
    for (const item of [1, 2, 3, 4]) await channel.push(item);
    expect(await first).toEqual([1, 2, 3]);
    expect(await soon(second)).toBe(waits);
    for (const item of [5, 6]) await channel.push(item);
    expect(await second).toEqual([4, 5, 6]);
  });

  it('gives what has come when patience is at its end, or the channel', async () => {
    const channel = new Channel<number>(10);
    await channel.push(1);
    expect(await channel.take(10, { enough: 3, ms: 5 })).toEqual([1]);
    await channel.push(2);
    const taken = channel.take(10, { enough: 3, ms: 60_000 });
    channel.end();
    expect(await taken).toEqual([2]);
  });

  it('wakes nobody who has given up in the place of somebody who waits', async () => {
    const channel = new Channel<number>(10);
    await channel.push(1);
    expect(await channel.take(10, { enough: 2, ms: 5 })).toEqual([1]);
    const taken = channel.take(10);
    await channel.push(2);
    expect(await taken).toEqual([2]);
  });

  it('gives what is left after its end, then nothing', async () => {
    const channel = new Channel<number>(5);
    await channel.push(1);
    channel.end();
    expect(await channel.take(5)).toEqual([1]);
    expect(await channel.take(5)).toEqual([]);
  });

  it('tells pushers that nobody takes any more, also those who wait already', async () => {
    const channel = new Channel<number>(1);
    await channel.push(1);
    const waiting = channel.push(2);
    channel.end();
    expect(await waiting).toBe(false);
    expect(await channel.push(3)).toBe(false);
    expect(await channel.take(5)).toEqual([1]);
  });

  it('hands an error to every taker, once the items are gone, and keeps the first', async () => {
    const channel = new Channel<number>(5);
    const early = [channel.take(1), channel.take(1)];
    channel.end(new Error('first'));
    channel.end(new Error('second'));
    for (const taker of early) await expect(taker).rejects.toThrow('first');
    await expect(channel.take(1)).rejects.toThrow('first');
  });

  it('loses and doubles nothing among many pushers and takers', async () => {
    const channel = new Channel<number>(3);
    const taken: number[] = [];
    const take = async (most: number) => {
      for (;;) {
        const items = await channel.take(most, { enough: most, ms: 1 });
        if (items.length === 0) return;
        expect(channel.size).toBeLessThanOrEqual(3);
        taken.push(...items);
        if (items.length % 2 === 0) await sleep(0);
      }
    };
    const takers = [take(1), take(2), take(5)];
    const push = async (first: number) => {
      for (let i = 0; i < 200; i++) {
        await channel.push(first + i);
        if (i % 17 === 0) await sleep(0);
      }
    };
    await Promise.all([push(0), push(200), push(400)]);
    channel.end();
    await Promise.all(takers);
    expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, i) => i));
  });
});

// Supervision of worker processes, on real processes that die, hang and refuse when told to.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { usableCores } from '../../../src/engine/pool/cores.ts';
import { forkTransport } from '../../../src/engine/pool/forkTransport.ts';
import { type JobTerms, Pool, type PoolOptions } from '../../../src/engine/pool/pool.ts';
import type { Terms } from '../../../src/engine/pool/poolWorker.ts';
import type { Transport } from '../../../src/engine/pool/transport.ts';
import type { FaultyJob, FaultyResult, FaultySetUp } from '../../support/faultyWorker.ts';
import { nicenessOf, sessionNicenessOf, threadsOf } from '../../support/niceness.ts';
import { refusal } from '../../support/testEngine.ts';
import { isAlive, waitUntil } from '../../support/waitUntil.ts';

const terms: JobTerms = {
  timeoutMs: 60_000,
  codes: { died: 'DECODER_DIED', hung: 'DECODER_HUNG' },
};

type FaultyPool = Pool<FaultyJob, FaultyResult>;

const entry = fileURLToPath(new URL('../../support/faultyWorker.ts', import.meta.url));
const pools: FaultyPool[] = [];

afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

function createPool(options: Partial<PoolOptions> & { setUp?: FaultySetUp } = {}): FaultyPool {
  const pool: FaultyPool = new Pool({
    name: 'tester',
    transport: forkTransport(),
    entry,
    size: 2,
    depth: 2,
    setUp: {},
    terms,
    ...options,
  });
  pools.push(pool);
  return pool;
}

function runMany(pool: FaultyPool, values: readonly number[]): Promise<FaultyResult[]> {
  return Promise.all(values.map((value) => pool.run({ value })));
}

/** Of all threads of a process; undefined where they differ. */
function coresOf(pid: number): number[] | undefined {
  const lists = readdirSync(`/proc/${pid}/task`).map((id) =>
    usableCores(`/proc/${pid}/task/${id}`),
  );
  const others = lists.filter((list) => list.join() !== lists[0]?.join());
  return others.length === 0 ? lists[0] : undefined;
}

const values = Array.from({ length: 20 }, (_, i) => i);

describe('a pool', () => {
  it('answers every job with its own result, from all of its processes', async () => {
    const results = await runMany(createPool(), values);
    expect(results.map((result) => result.value)).toEqual(values);
  });

  it('lets a process know of a job that waits behind another', async () => {
    const pool = createPool({ size: 1 });
    const before = await pool.run({ value: 1 });
    const both = await Promise.all([pool.run({ value: 2, fault: 'slow' }), pool.run({ value: 3 })]);
    expect([before, ...both].map(({ foreseen }) => foreseen)).toEqual([false, false, true]);
  });

  it('gives each process a job before it gives any a second', async () => {
    const pool = createPool({ size: 3 });
    const ready = new Set<number>();
    while (ready.size < 3) for (const { pid } of await runMany(pool, values)) ready.add(pid);
    const results = await runMany(pool, [1, 2, 3]);
    expect(new Set(results.map(({ pid }) => pid))).toEqual(ready);
  });

  it('has as many processes as there were jobs at once, up to its size', async () => {
    const pool = createPool({ size: 3 });
    await pool.run({ value: 1 });
    await pool.run({ value: 2 });
    expect(pool.states()).toHaveLength(1);
    await runMany(pool, [1, 2]);
    expect(pool.states()).toHaveLength(2);
    await runMany(pool, values);
    expect(pool.states()).toHaveLength(3);
  });

  it('rejects a job with the code that the worker gave, and goes on', async () => {
    const pool = createPool({ size: 1 });
    const error = await refusal(pool.run({ value: 5, fault: 'throw' }));
    expect(error).toMatchObject({ code: 'IMAGE_DAMAGED', message: 'Number 5 is damaged.' });
    expect((await pool.run({ value: 6 })).value).toBe(6);
  });

  it('tries a job whose process died once more, then fails it; the others go on', async () => {
    const pool = createPool();
    const others = runMany(pool, values);
    const error = await refusal(pool.run({ value: -1, fault: 'exit' }));
    expect(error.code).toBe('DECODER_DIED');
    expect(error.message).toContain('status 9');
    expect((await others).map((result) => result.value)).toEqual(values);
    // Two processes went with it, whichever were ready first, and each was replaced.
    const names = pool.states().map((worker) => worker.name);
    expect(names).toHaveLength(2);
    expect(names).toContain('tester 4');
  });

  it('gives a job up at its first loss where no second is allowed', async () => {
    const pool = createPool({ size: 1 });
    await pool.run({ value: 1 });
    const before = pool.states()[0]?.name;
    const error = await refusal(pool.run({ value: 2, fault: 'exit' }, { maxLosses: 1 }));
    expect(error.code).toBe('DECODER_DIED');
    expect(before).toBe('tester 1');
    expect(pool.states()[0]?.name).toBe('tester 2');
  });

  it('does what is urgent before what waits already, and holds each to its own terms', async () => {
    const pool = createPool({ size: 1, depth: 1 });
    await pool.run({ value: 0 });
    const order: number[] = [];
    const run = (value: number, own: Partial<Terms> = {}) =>
      pool.run({ value, fault: 'slow' }, own).then(() => order.push(value));
    const urgent = { isUrgent: true };
    await Promise.all([run(1), run(2), run(3), run(4, urgent), run(5, urgent)]);
    // The first was in hand when the others came.
    expect(order).toEqual([1, 4, 5, 2, 3]);
    const codes = { died: 'EMBEDDER_DIED', hung: 'EMBEDDER_HUNG' } as const;
    const own = { maxLosses: 1, timeoutMs: 1000, codes };
    expect((await refusal(pool.run({ value: 6, fault: 'hang' }, own))).code).toBe('EMBEDDER_HUNG');
    expect((await refusal(pool.run({ value: 7, fault: 'exit' }, own))).code).toBe('EMBEDDER_DIED');
  });

  it('replaces a process that is killed from outside, and loses no job', async () => {
    const pool = createPool();
    await pool.run({ value: 0 });
    const results = runMany(pool, values);
    for (const { pid } of pool.states()) process.kill(pid, 'SIGKILL');
    expect((await results).map((result) => result.value)).toEqual(values);
  });

  it('notices that a process is gone where nobody tells of it', async () => {
    const real = forkTransport();
    const silent: Transport = {
      start(entry, name, how) {
        const worker = real.start(entry, name, how);
        return { ...worker, onExit: () => {} };
      },
    };
    const pool = createPool({ size: 1, transport: silent });
    const { pid } = await pool.run({ value: 0 });
    process.kill(pid, 'SIGKILL');
    const result = await pool.run({ value: 1 });
    expect(result.value).toBe(1);
    expect(result.pid).not.toBe(pid);
    expect(pool.states().map(({ name }) => name)).toEqual(['tester 2']);
  });

  it('takes a process that was stopped for hung, ends it, and has its jobs done by another', async () => {
    const pool = createPool({ size: 1, terms: { ...terms, timeoutMs: 1500 } });
    const { pid } = await pool.run({ value: 0 });
    process.kill(pid, 'SIGSTOP');
    const result = await pool.run({ value: 1 });
    expect(result.value).toBe(1);
    expect(result.pid).not.toBe(pid);
    await waitUntil('the stopped process is gone', async () => !(await isAlive(pid)));
  });

  it('fails a job that hangs twice with its code; what waited behind it is done', async () => {
    const pool = createPool({ size: 1, terms: { ...terms, timeoutMs: 1500 } });
    const hangs = refusal(pool.run({ value: 0, fault: 'hang' }));
    const behind = runMany(pool, [1, 2, 3]);
    expect(await hangs).toMatchObject({ code: 'DECODER_HUNG' });
    expect((await behind).map((result) => result.value)).toEqual([1, 2, 3]);
  });

  it('fails a job that works without end', async () => {
    const pool = createPool({ size: 1, terms: { ...terms, timeoutMs: 1000 } });
    expect(await refusal(pool.run({ value: 0, fault: 'loop' }, { maxLosses: 1 }))).toMatchObject({
      code: 'DECODER_HUNG',
    });
  }, 60_000);

  it('gives up, and says so to every job, where its processes do not start', async () => {
    const pool = createPool({ setUp: { start: 'exit' } });
    const error = await refusal(pool.run({ value: 1 }));
    expect(error).toMatchObject({ code: 'WORKER_BROKEN' });
    expect(error.message).toContain('status 7');
    expect((await refusal(pool.run({ value: 2 }))).code).toBe('WORKER_BROKEN');
  });

  it('keeps the reason for which its workers refused, however many they are', async () => {
    const pool = createPool({ size: 4, setUp: { start: 'refuse' } });
    const first = await refusal(pool.run({ value: 1 }));
    expect(first).toMatchObject({ code: 'MODEL_DAMAGED', message: 'The model file is cut off.' });
    await waitUntil('all processes are gone', () => pool.states().length === 0);
    expect((await refusal(pool.run({ value: 2 }))).code).toBe('MODEL_DAMAGED');
  });

  it('ends its processes and lets its jobs go when it is closed', async () => {
    const pool = createPool();
    await pool.run({ value: 0 });
    const pids = pool.states().map((worker) => worker.pid);
    const waiting = refusal(pool.run({ value: 1, fault: 'hang' }));
    pool.close();
    expect((await waiting).code).toBe('CANCELLED');
    expect((await refusal(pool.run({ value: 2 }))).code).toBe('CANCELLED');
    for (const pid of pids) await waitUntil(`${pid} is gone`, async () => !(await isAlive(pid)));
  });
});

describe.skipIf(process.platform !== 'linux')('the allocator of a worker', () => {
  afterEach(() => vi.unstubAllEnvs());

  async function environment(): Promise<string[]> {
    const { pid } = await createPool({ size: 1 }).run({ value: 1 });
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  }

  it('has one heap, in huge pages', async () => {
    vi.stubEnv('MALLOC_ARENA_MAX', undefined);
    vi.stubEnv('GLIBC_TUNABLES', undefined);
    const given = await environment();
    expect(given).toContain('MALLOC_ARENA_MAX=1');
    expect(given).toContain('GLIBC_TUNABLES=glibc.malloc.hugetlb=1');
  });

  it('is as people have set it', async () => {
    vi.stubEnv('MALLOC_ARENA_MAX', '3');
    vi.stubEnv('GLIBC_TUNABLES', 'glibc.malloc.hugetlb=0');
    const given = await environment();
    expect(given.filter((each) => each.startsWith('MALLOC_ARENA_MAX'))).toEqual([
      'MALLOC_ARENA_MAX=3',
    ]);
    expect(given).toContain('GLIBC_TUNABLES=glibc.malloc.hugetlb=0');
  });
});

describe('a pool whose processes grow', () => {
  const growth = { settledAfter: 4, times: 1.5, plusBytes: 40e6 };

  it('replaces one that grows without end, and every job is answered', async () => {
    const pool = createPool({ size: 1, growth });
    const first = (await pool.run({ value: 0 })).pid;
    const answers: FaultyResult[] = [];
    await waitUntil('another has taken its place', async () => {
      answers.push(await pool.run({ value: answers.length, fault: 'leak' }));
      await sleep(100);
      return answers.at(-1)?.pid !== first;
    });
    expect(answers.map(({ value }) => value)).toEqual(answers.map((_, i) => i));
    await waitUntil('it is gone', async () => !(await isAlive(first)));
    expect(pool.states().map(({ name }) => name)).toEqual(['tester 2']);
  });

  it('keeps one that has what it needs, however much that is', async () => {
    const pool = createPool({ size: 1, growth });
    const leaks = [1, 2, 3, 4, 5, 6, 7, 8].map((v) =>
      pool.run({ value: v, fault: 'leak' as const }),
    );
    const first = (await Promise.all(leaks))[0]?.pid;
    const end = performance.now() + 5000;
    const pids = new Set<number>();
    while (performance.now() < end) {
      pids.add((await pool.run({ value: 0 })).pid);
      await sleep(50);
    }
    expect([...pids]).toEqual([first]);
  });
});

describe('a pool that is changed while it works', () => {
  it('grows, and shrinks to those whose hands were full, which finish what they have', async () => {
    const pool = createPool({ size: 1 });
    await pool.run({ value: 0 });
    pool.change({ size: 3, setUp: {} });
    await waitUntil('all three are at work', async () => {
      const results = await runMany(pool, values);
      return new Set(results.map(({ pid }) => pid)).size === 3;
    });
    const pids = pool.states().map(({ pid }) => pid);
    const running = runMany(pool, values);
    pool.change({ size: 1, setUp: {} });
    expect((await running).map(({ value }) => value)).toEqual(values);
    await waitUntil('two are gone', () => pool.states().length === 1);
    expect(pids).toContain(pool.states()[0]?.pid);
  });

  it.skipIf(process.platform !== 'linux')(
    'steps back and comes forward, with every thread of its processes',
    async () => {
      const pool = createPool({ size: 2, priority: 0 });
      await runMany(pool, values);
      pool.change({ size: 2, setUp: {}, priority: 19 });
      const pids = pool.states().map(({ pid }) => pid);
      expect(nicenessOf(pids)).toEqual([19]);
      expect(threadsOf(pids[0] ?? 0).length).toBeGreaterThan(1);
      // Where the scheduler goes by sessions, theirs steps back with them.
      for (const pid of pids) {
        if (sessionNicenessOf(pid) === undefined) continue;
        await waitUntil('its session has stepped back', () => sessionNicenessOf(pid) === 19);
      }
      const running = runMany(pool, values);
      pool.change({ size: 2, setUp: {}, priority: 5 });
      expect((await running).map(({ value }) => value)).toEqual(values);
      // Where only root may come forward, others have taken their place.
      await waitUntil('all have come forward', () => {
        const now = pool.states().map(({ pid }) => pid);
        return now.length === 2 && nicenessOf(now).join() === '5';
      });
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'replaces processes that may not come forward, and loses no job by it',
    async () => {
      const real = forkTransport();
      const transport: Transport = {
        start(entry, name) {
          const worker = real.start(entry, name);
          let last: number | undefined;
          return {
            ...worker,
            setPriority(priority) {
              if (last !== undefined && priority < last) return false;
              last = priority;
              return worker.setPriority(priority);
            },
          };
        },
      };
      const pool = createPool({ transport, priority: 19 });
      await runMany(pool, values);
      const before = pool.states().map(({ pid }) => pid);
      const running = runMany(pool, values);
      pool.change({ size: 2, setUp: {}, priority: 10 });
      expect((await running).map(({ value }) => value)).toEqual(values);
      await waitUntil('others have taken their place', () => {
        const now = pool.states().map(({ pid }) => pid);
        return now.length === 2 && now.every((pid) => !before.includes(pid));
      });
      expect(nicenessOf(pool.states().map(({ pid }) => pid))).toEqual([10]);
    },
  );

  it.skipIf(usableCores().length < 2)(
    'keeps each process on a core of its own, one that takes its place as well, and lets them go again',
    async () => {
      const cores = usableCores().slice(0, 2);
      const pool = createPool({ cores });
      await runMany(pool, values);
      const own = () => pool.states().map(({ pid }) => coresOf(pid));
      const sorted = () => own().map(String).sort().join(' and ');
      await waitUntil('each has a core', () => sorted() === cores.map(String).sort().join(' and '));
      process.kill(pool.states()[0]?.pid ?? 0, 'SIGKILL');
      await runMany(pool, values);
      await waitUntil('each has a core', () => sorted() === cores.map(String).sort().join(' and '));
      pool.change({ size: 2, setUp: {} });
      await waitUntil('they may run on all', () =>
        own().every((each) => each?.join() === usableCores().join()),
      );
    },
  );

  it('goes on with its processes until those that are set up otherwise are ready', async () => {
    const pool = createPool({ setUp: { mark: 'old' } });
    await runMany(pool, values);
    pool.change({ size: 2, setUp: { mark: 'new' } });
    expect((await pool.run({ value: 1 })).mark).toBe('old');
    await waitUntil('the new ones work', async () => (await pool.run({ value: 1 })).mark === 'new');
    await waitUntil('the old ones are gone', () => pool.states().length === 2);
    const marks = (await runMany(pool, values)).map(({ mark }) => mark);
    expect(new Set(marks)).toEqual(new Set(['new']));
  });
});

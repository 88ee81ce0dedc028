// Telling a worker that hangs from one that the machine has no time for, on real processes.
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { activityOf, wasStarved } from '../../../src/engine/pool/starved.ts';
import { waitUntil } from '../../support/waitUntil.ts';

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function run(script: string): number {
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  started.push(child);
  return child.pid ?? 0;
}

describe.skipIf(process.platform !== 'linux')('what is seen of a process', () => {
  it('is that it works, and for how long it has', async () => {
    const pid = run('for (;;);');
    await waitUntil('it works', () => (activityOf(pid)?.cpuMs ?? 0) > 200);
    expect(activityOf(pid)?.wantsProcessor).toBe(true);
  });

  it('is that it waits', async () => {
    const pid = run('setInterval(() => {}, 60_000)');
    // While it starts it waits too, now and then.
    await waitUntil('it does nothing else', async () => {
      const before = activityOf(pid);
      await sleep(300);
      const after = activityOf(pid);
      return after?.wantsProcessor === false && after.cpuMs === before?.cpuMs;
    });
  });

  it('is that it is stopped', async () => {
    const pid = run('for (;;);');
    await waitUntil('it works', () => (activityOf(pid)?.cpuMs ?? 0) > 100);
    process.kill(pid, 'SIGSTOP');
    await waitUntil('it is stopped', () => activityOf(pid)?.wantsProcessor === false);
  });

  it('is nothing when it is gone', () => {
    expect(activityOf(2 ** 22 + 1)).toBeUndefined();
  });
});

describe('a process that did not answer', () => {
  const working = { cpuMs: 400, wantsProcessor: true };

  it('was starved where it wanted the processor and got less than half of it', () => {
    expect(wasStarved({ cpuMs: 100, wantsProcessor: true }, working, 1000)).toBe(true);
    expect(wasStarved({ cpuMs: 100, wantsProcessor: true }, working, 600)).toBe(false);
  });

  it('hangs where it wants nothing', () => {
    expect(wasStarved(undefined, { cpuMs: 400, wantsProcessor: false }, 1000)).toBe(false);
  });

  it('is watched once more before it is judged', () => {
    expect(wasStarved(undefined, working, 1000)).toBe(true);
  });
});

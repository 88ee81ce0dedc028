// The gate of a run that can be paused.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Gate } from '../../../src/engine/pool/gate.ts';

it('a gate lets work pass while it is open, holds it while it is shut, and then lets all go', async () => {
  const gate = new Gate();
  await gate.passed();
  gate.close();
  let passed = 0;
  const waiting = [1, 2, 3].map(() => gate.passed().then(() => ++passed));
  await sleep(10);
  expect(passed).toBe(0);
  gate.open();
  await Promise.all(waiting);
  expect(passed).toBe(3);
});

it('a gate that shuts again before the waiting have passed holds them', async () => {
  const gate = new Gate();
  gate.close();
  let passed = false;
  const waiting = gate.passed().then(() => {
    passed = true;
  });
  gate.open();
  gate.close();
  await sleep(10);
  expect(passed).toBe(false);
  gate.open();
  await waiting;
  expect(passed).toBe(true);
});

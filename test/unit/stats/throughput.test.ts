// Photos a second and the time left.
import { expect, it } from 'vitest';
import { Throughput } from '../../../src/engine/stats/throughput.ts';

it('is the rate over the window, not since the beginning', () => {
  const throughput = new Throughput(1000);
  throughput.record(0, 0);
  throughput.record(1000, 100);
  throughput.record(2000, 150);
  throughput.record(3000, 200);
  expect(throughput.perSecond).toBe(50);
  expect(throughput.remainingMs(100)).toBe(2000);
});

it('says nothing about the time left while it knows nothing', () => {
  const throughput = new Throughput();
  throughput.record(0, 0);
  expect(throughput.perSecond).toBe(0);
  expect(throughput.remainingMs(5)).toBeUndefined();
  expect(throughput.remainingMs(0)).toBe(0);
});

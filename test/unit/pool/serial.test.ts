// One task after another, whatever becomes of the one before.
import { describe, expect, it } from 'vitest';
import { createSerial } from '../../../src/engine/pool/serial.ts';

describe('serial', () => {
  it('starts a task when the one before has ended, failed or not', async () => {
    const serial = createSerial();
    const seen: string[] = [];
    const task = (name: string, fails: boolean) => async () => {
      seen.push(`${name} starts`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
    const results = await Promise.allSettled([serial(task('a', true)), serial(task('b', false))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(seen).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
  });
});

// Lists of cores, as Linux writes them.
import { describe, expect, it } from 'vitest';
import { coresIn, usableCores } from '../../../src/engine/pool/cores.ts';

describe('a list of cores', () => {
  it('has single ones and ranges', () => {
    expect(coresIn('0-3,8,10-11')).toEqual([0, 1, 2, 3, 8, 10, 11]);
    expect(coresIn('5')).toEqual([5]);
    expect(coresIn('')).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('of this process names at least one', () => {
    expect(usableCores().length).toBeGreaterThan(0);
  });
});

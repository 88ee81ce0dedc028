// What an index and a catalogue do not agree about.
import { describe, expect, it } from 'vitest';
import { differences } from '../../../src/engine/vectors/differences.ts';

async function* pages(...of: number[][]) {
  yield* of;
}

describe('the ids of both sides', () => {
  it('that agree are no difference, however they are cut into pages', async () => {
    const found = await differences(pages([1, 2], [], [5], [9]), pages([1], [2, 5, 9]));
    expect(found).toEqual({ stale: [], missing: [] });
  });

  it('that one side lacks are told, at the beginning, between others and at the end', async () => {
    const found = await differences(pages([1, 4], [6, 9, 10]), pages([2, 4, 5], [9], [12]));
    expect(found).toEqual({ stale: [2, 5, 12], missing: [1, 6, 10] });
  });

  it('are all stale, or all missing, where the other side has none', async () => {
    expect(await differences(pages(), pages([1, 2]))).toEqual({ stale: [1, 2], missing: [] });
    expect(await differences(pages([1, 2]), pages())).toEqual({ stale: [], missing: [1, 2] });
  });
});

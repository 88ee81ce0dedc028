// Photos for benchmarks: as many folders as are asked for, whoever else asks at the same time.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PhotoSet } from '../../bench/photoSets.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

it('are all there, and all different, though several ask for them at once', async () => {
  const set = await PhotoSet.small(join(temporaryFolder(), 'photos'));
  const answers = await Promise.all([4, 4, 6].map((copies) => set.paths(set.size * copies)));
  expect(answers.map((paths) => paths.length / set.size)).toEqual([4, 4, 6]);
  expect(answers.flat().filter((path) => !existsSync(path))).toEqual([]);
  const firsts = answers[2]?.filter((_, i) => i % set.size === 0) ?? [];
  expect(new Set(firsts.map((path) => readFileSync(path, 'hex'))).size).toBe(6);
});

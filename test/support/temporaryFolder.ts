// Temporary folders that go away with the test file that made them.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

// Once for the file, as this module is loaded: a hook that is asked for within a test never runs, and
// the first one of a file is its last to run, when whoever writes to a folder has been ended.
afterAll(() => {
  for (const folder of made.splice(0)) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ocelli-test-')));
  made.push(folder);
  return folder;
}

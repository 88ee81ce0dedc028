// Which tests there are and how long one may take. Real processes and real models start in many of
// them, so a test has a minute; files run two at a time at most, as the workers they start
// want the processor too.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,integration,e2e}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    // What shows on a page comes a frame or a busy moment after what brought it.
    expect: { poll: { timeout: 20_000, interval: 20 } },
  },
});

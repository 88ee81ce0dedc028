// `ocelli tune`: measures, shows what was measured, and what the measurement is good for is used.
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { tuningStateSchema } from '../../src/shared/tuning.ts';
import { ocelliExpecting } from '../support/runOcelli.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

vi.setConfig({ testTimeout: 120_000 });

const data = join(temporaryFolder(), 'data');

it('shows every candidate, the chosen one, and why others cannot be used', async () => {
  const { stdout, stderr } = await ocelliExpecting(0, ['--data', data, 'tune']);
  expect(stdout).toMatch(/^Tiny CLIP.* \(float32\) on \d+ cores?, measured in /);
  expect(stdout).toMatch(/^\* +\w+ +float32 +\d+ × \d+ +\d+ +[\d.]+ +[\d.]+$/m);
  expect(stdout).toMatch(/^cpu +works$/m);
  expect(stdout).toMatch(/^(dml|coreml) +not used: It is there on (Windows|macOS) only\.$/m);
  expect(stdout).toMatch(
    /^Chosen: \w+, \d+ × \d+ threads?, batches of \d+, (decoding in the same processes|\d+ decoders?); about /m,
  );
  expect(stderr).toBe('');
});

it('answers as JSON; what was given goes before what was measured', async () => {
  const args = ['--data', data, '--embedders', '1', '--batch', '2', 'tune', '--json'];
  const { stdout } = await ocelliExpecting(0, args);
  const { inUse, measured } = tuningStateSchema.parse(JSON.parse(stdout));
  expect(inUse).toMatchObject({ embedders: 1, batch: 2, decoders: measured?.chosen.decoders });
});

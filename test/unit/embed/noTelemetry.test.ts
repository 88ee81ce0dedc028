// ONNX Runtime reports to nobody. It leaves a log in the temp folder as soon as its reporting starts,
// which is how a silent change of that would show; the control run makes sure that it still would.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const model = resolve('test/fixtures/tiny-clip/vision.onnx');

/** Names of the files that opening a session leaves in an otherwise empty home and temp folder. */
function leftBehind(importing: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'ocelli-telemetry-'));
  const script = `
    const { InferenceSession } = await import(${JSON.stringify(importing)});
    await (await InferenceSession.create(${JSON.stringify(model)})).release();`;
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    TMPDIR: folder,
    TMP: folder,
    TEMP: folder,
  };
  try {
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env,
      stdio: 'ignore',
      cwd: resolve('.'),
    });
    return readdirSync(folder, { recursive: true }).map(String);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('opening a model through our door leaves no trace', () => {
  expect(leftBehind(resolve('src/engine/embed/onnxRuntime.ts'))).toEqual([]);
});

it.runIf(process.platform === 'linux')(
  'while the package by itself starts to report (Linux)',
  () => {
    const traces = leftBehind('onnxruntime-node');
    expect(traces.some((name) => /telemetry|deviceid|mat-debug|onnxruntime\.db/.test(name))).toBe(
      true,
    );
  },
);

// A model whose files are missing or broken is refused with words that name the file.
import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openImageTower } from '../../../src/engine/embed/imageTower.ts';
import { openTextTower } from '../../../src/engine/embed/textTower.ts';
import { OcelliError } from '../../../src/shared/errors.ts';
import type { Model } from '../../../src/shared/model.ts';
import { folder as fixture, model as whole } from './reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'ocelli-model-'));
const model: Model = { folder, manifest: whole.manifest };
const options = { precision: 'float32', threads: 1 } as const;

beforeEach(() => {
  for (const name of ['vision.onnx', 'text.onnx', 'tokenizer.json']) {
    cpSync(join(fixture, name), join(folder, name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refusal(work: Promise<unknown>): Promise<[string, string]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof OcelliError) return [error.code, error.message];
    throw error;
  }
  throw new Error('Expected a refusal');
}

describe('a model', () => {
  it.each(['vision.onnx', 'text.onnx', 'tokenizer.json'])('without %s is missing', async (name) => {
    rmSync(join(folder, name));
    const open = name === 'vision.onnx' ? openImageTower : openTextTower;
    const [code, message] = await refusal(open(model, options));
    expect(code).toBe('MODEL_MISSING');
    expect(message).toContain(join(folder, name));
  });

  it.each(['vision.onnx', 'text.onnx', 'tokenizer.json'])(
    'is damaged where %s is cut',
    async (name) => {
      truncateSync(join(folder, name), 100_000);
      const open = name === 'vision.onnx' ? openImageTower : openTextTower;
      const [code, message] = await refusal(open(model, options));
      expect(code).toBe('MODEL_DAMAGED');
      expect(message).toContain(join(folder, name));
    },
  );

  it('is damaged where a file holds something else', async () => {
    writeFileSync(join(folder, 'vision.onnx'), '<html>Not found</html>');
    writeFileSync(join(folder, 'tokenizer.json'), '[]');
    expect((await refusal(openImageTower(model, options)))[0]).toBe('MODEL_DAMAGED');
    expect((await refusal(openTextTower(model, options)))[0]).toBe('MODEL_DAMAGED');
  });

  it('is missing in a precision that it does not have', async () => {
    const [code, message] = await refusal(openImageTower(model, { ...options, precision: 'int8' }));
    expect(code).toBe('MODEL_MISSING');
    expect(message).toContain('int8');
  });

  it('is damaged where the graph answers in another length than the manifest says', async () => {
    const wrong = { folder, manifest: { ...whole.manifest, dimensions: 63 } };
    const tower = await openImageTower(wrong, options);
    const [code] = await refusal(tower.embed([new Uint8Array(224 * 224 * 3)]));
    expect(code).toBe('MODEL_DAMAGED');
    await tower.close();
  });
});

// The tiny model with an int8 image tower beside its float32 one: its real one, or one that is made
// for a test.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeManifest, copyModel } from './copyModel.ts';
import { repository, tinyModel } from './photos.ts';

/** Made by models/quantise of the tiny model's own. */
export function realInt8(): Buffer {
  return readFileSync(join(repository, 'test/fixtures/tiny-clip-int8/vision.int8.onnx'));
}

/** Answers as float32 does, because it is that. */
export function sameWeights(): Buffer {
  return readFileSync(join(tinyModel, 'vision.onnx'));
}

/** Loads and runs, and sees little any more: of the convolution, half of the weights are zeros. */
export function brokenWeights(): Buffer {
  return sameWeights().fill(0, 400_000, 1_200_000);
}

/** The folder `to`, which it makes, or in which it exchanges the int8 tower. */
export function int8Model(to: string, int8: Buffer, id = 'tiny-clip'): string {
  copyModel(tinyModel, to);
  const path = 'vision.int8.onnx';
  writeFileSync(join(to, path), int8);
  const sha256 = createHash('sha256').update(int8).digest('hex');
  const weights = { path, bytes: int8.length, sha256 };
  changeManifest(to, ({ image, files, ...rest }) => ({
    ...rest,
    id,
    image: { ...image, files: { ...image.files, int8: path } },
    files: [...files, weights],
  }));
  return to;
}

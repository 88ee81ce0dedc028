// From a photo's file to what the model sees of it, against the reference's own pixels, and from
// there to the embedding. Real: the files, the decoder, ONNX Runtime, the graph.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelInput } from '../../../src/engine/decode/decodeJob.ts';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { modelPixels } from '../../../src/engine/decode/pixels.ts';
import { toRaster } from '../../../src/engine/decode/raster.ts';
import { type ImageTower, openImageTower } from '../../../src/engine/embed/imageTower.ts';
import { dot } from '../../../src/shared/dot.ts';
import { golden, largestError, meanError, model, photoPath, referencePixels } from './reference.ts';

/**
 * rocket.jpg is no sRGB photo: it carries a colour profile. The reference ignores profiles; Ocelli
 * converts, because people see the converted colours, in the thumbnail as in other programs.
 */
const profiled = 'rocket.jpg';

/** Mean absolute difference in grey levels. */
const tolerance = 0.6;

const thumbnailFolder = mkdtempSync(join(tmpdir(), 'ocelli-golden-'));
let tower: ImageTower;

beforeAll(async () => {
  tower = await openImageTower(model, { precision: 'float32', threads: 1 });
});
afterAll(async () => {
  await tower.close();
  rmSync(thumbnailFolder, { recursive: true, force: true });
});

async function pixelsOf(photo: string): Promise<Uint8Array> {
  const { size, resize, crop, interpolation } = model.manifest.image;
  const input: ModelInput = { size, resize, crop, interpolation };
  const path = photoPath(photo);
  const job = { path, known: [], input, thumbnailFolder, maxPixels: 1e8 };
  const { image } = await decodePhoto(job);
  if (image === undefined) throw new Error('Expected an image');
  return image.pixels;
}

describe('the model input', () => {
  const names = golden.photos.map(({ photo }) => photo);

  it.each(names.filter((name) => name !== profiled))('of %s is the reference’s', async (photo) => {
    const error = meanError(await pixelsOf(photo), await referencePixels(photo));
    console.log(`${photo}: ${error.toFixed(3)} grey levels`);
    expect(error).toBeLessThan(tolerance);
  });

  it('of the photo with a colour profile differs by that profile alone', async () => {
    const reference = await referencePixels(profiled);
    const error = meanError(await pixelsOf(profiled), reference);
    console.log(`${profiled}: ${error.toFixed(3)} grey levels`);
    expect(error).toBeGreaterThan(tolerance);
    expect(error).toBeLessThan(6);

    const ignoring = sharp(photoPath(profiled), { ignoreIcc: true }).toColourspace('srgb');
    const raster = await toRaster(ignoring);
    const { size, resize, crop, interpolation } = model.manifest.image;
    const input: ModelInput = { size, resize, crop, interpolation };
    expect(meanError(await modelPixels(raster, raster, input), reference)).toBeLessThan(tolerance);
  });
});

describe('the embedding', () => {
  it.each(golden.photos)(
    'of the reference’s pixels of $photo is the reference’s',
    async (entry) => {
      const vector = await tower.embed([await referencePixels(entry.photo)]);
      expect(largestError(vector, entry.image_embed)).toBeLessThan(1e-4);
    },
  );

  it.each(golden.photos)('of the file $photo points the same way', async (entry) => {
    const vector = await tower.embed([await pixelsOf(entry.photo)]);
    const cosine = dot(vector, Float32Array.from(entry.image_embed));
    expect(cosine).toBeGreaterThan(entry.photo === profiled ? 0.995 : 0.9995);
  });

  it('does not depend on the batch that a photo is in', async () => {
    const pixels = await Promise.all(golden.photos.map(({ photo }) => referencePixels(photo)));
    const together = await tower.embed(pixels);
    const expected = golden.photos.flatMap(({ image_embed }) => image_embed);
    expect(largestError(together, expected)).toBeLessThan(1e-4);
    const [one = new Uint8Array()] = pixels;
    expect(largestError(await tower.embed([one]), together.subarray(0, 64))).toBeLessThan(1e-5);
  });

  it('is the same for calls made at once', async () => {
    const pixels = await Promise.all(golden.photos.map(({ photo }) => referencePixels(photo)));
    const vectors = await Promise.all(pixels.map((each) => tower.embed([each])));
    vectors.forEach((vector, index) => {
      expect(largestError(vector, golden.photos[index]?.image_embed ?? [])).toBeLessThan(1e-4);
    });
  });
});

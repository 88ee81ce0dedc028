// The fixture as the tests read it: a tiny CLIP, and what the reference answers for photos and texts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { z } from 'zod';
import { type Model, modelManifestSchema } from '../../../src/shared/model.ts';

export const folder = fileURLToPath(new URL('../../fixtures/tiny-clip', import.meta.url));

const goldenSchema = z.object({
  photos: z.array(z.object({ photo: z.string(), image_embed: z.array(z.number()) })),
  texts: z.array(
    z.object({
      text: z.string(),
      input_ids: z.array(z.number()),
      text_embed: z.array(z.number()),
    }),
  ),
});

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

export const golden = goldenSchema.parse(readJson('golden.json'));
export const model: Model = { folder, manifest: modelManifestSchema.parse(readJson('model.json')) };

export function photoPath(photo: string): string {
  return join(folder, 'photos', photo);
}

/** The pixels that the reference's image tower sees: 224 × 224 × 3 bytes. */
export async function referencePixels(photo: string): Promise<Uint8Array> {
  const path = join(folder, 'pixels', photo.replace(/\.\w+$/, '.png'));
  return new Uint8Array(await sharp(path).removeAlpha().toColourspace('srgb').raw().toBuffer());
}

/** The largest difference of an element. */
export function largestError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((max, v, i) => Math.max(max, Math.abs(v - (b[i] ?? 0))), 0);
}

/** The mean difference of an element. */
export function meanError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((sum, v, i) => sum + Math.abs(v - (b[i] ?? 0)), 0) / a.length;
}

// What the photos of two precisions are compared on: the sample photographs and parts of them, as
// the decoder cuts them out for the model. Whole photos alone would be too few for a ranking.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Model } from '../../shared/model.ts';
import type { Transport } from '../pool/transport.ts';
import { withPool } from '../pool/withPool.ts';
import { createDecoders } from '../pools.ts';
import { samplePhotos } from '../samplePhotos.ts';

export interface SampleViewsOptions {
  readonly transport: Transport;
  readonly model: Model;
  readonly signal: AbortSignal;
}

/** Left and top of a view, in sides of the model's input. */
type Corner = readonly [number, number];

/** How many times the model's side a photo is decoded to, and the views that are cut from it. */
const cuts: readonly { readonly scale: number; readonly corners: readonly Corner[] }[] = [
  { scale: 1, corners: [[0, 0]] },
  { scale: 2, corners: [...squares(2), [0.5, 0.5]] },
  { scale: 3, corners: squares(3) },
];

/** Each size × size × 3 bytes; 15 of each sample photograph. */
export async function sampleViews(options: SampleViewsOptions): Promise<Uint8Array[]> {
  const paths = await samplePhotos();
  // Decoders leave thumbnails.
  const folder = await mkdtemp(join(tmpdir(), 'ocelli-samples-'));
  try {
    const views: Uint8Array[] = [];
    for (const { scale, corners } of cuts) {
      const { size } = options.model.manifest.image;
      for (const pixels of await decodeAll(paths, scale, folder, options)) {
        views.push(...corners.map((corner) => cutView(pixels, size, scale, corner)));
      }
    }
    return views;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function decodeAll(
  paths: readonly string[],
  scale: number,
  thumbnailFolder: string,
  { transport, model, signal }: SampleViewsOptions,
): Promise<Uint8Array[]> {
  const { folder, manifest } = model;
  const image = { ...manifest.image, size: manifest.image.size * scale };
  const larger: Model = { folder, manifest: { ...manifest, image } };
  const pool = createDecoders(transport, {
    ...{ name: 'sample decoder', size: 1, depth: 2 },
    ...{ model: larger, thumbnailFolder },
  });
  return withPool(pool, signal, () =>
    Promise.all(
      paths.map(async (path) => {
        const { image: decoded } = await pool.run({ path, known: [] });
        if (decoded && decoded.pixels instanceof Uint8Array) return decoded.pixels;
        throw new Error(`${path} was decoded without pixels`);
      }),
    ),
  );
}

function cutView(pixels: Uint8Array, size: number, scale: number, [left, top]: Corner): Uint8Array {
  const row = size * 3;
  const view = new Uint8Array(size * row);
  const first = Math.floor(left * size) * 3;
  for (let y = 0; y < size; y++) {
    const start = (Math.floor(top * size) + y) * row * scale + first;
    view.set(pixels.subarray(start, start + row), y * row);
  }
  return view;
}

function squares(side: number): Corner[] {
  return Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const);
}

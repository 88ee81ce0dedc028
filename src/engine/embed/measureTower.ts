// How fast an image tower is, on pictures of nothing: measured where the model runs, so that no
// pixel travels.
import type { ImageTower } from './imageTower.ts';
import { pictureOf } from './testPicture.ts';

export interface MeasureJob {
  /** Pictures per run. */
  readonly batch: number;
  /** At least so long, and at least twice. */
  readonly forMs: number;
}

export interface TowerMeasured {
  /** Of the last run: batch × dimensions. */
  readonly vectors: Float32Array;
  /** Of a run: one that was hardly disturbed, as what else a machine does can only make it slower. */
  readonly ms: number;
  /** Of all of them, disturbed or not. */
  readonly meanMs: number;
}

/** @param size side of the square, in pixels. @throws EMBED_FAILED, MODEL_DAMAGED */
export async function measureTower(
  tower: ImageTower,
  size: number,
  { batch, forMs }: MeasureJob,
): Promise<TowerMeasured> {
  const pictures = Array.from({ length: batch }, (_, i) => pictureOf(size, i));
  const runs: number[] = [];
  const start = performance.now();
  for (;;) {
    const before = performance.now();
    const vectors = await tower.embed(pictures);
    const after = performance.now();
    runs.push(after - before);
    if (after - start < forMs || runs.length < 2) continue;
    runs.sort((a, b) => a - b);
    const ms = runs[Math.floor((runs.length - 1) / 4)] ?? 0;
    return { vectors, ms, meanMs: (after - start) / runs.length };
  }
}

// Pixels → embeddings, by what model.json says of the image tower and nothing else.
import type { Model } from '../../shared/model.ts';
import { createSerial } from '../pool/serial.ts';
import { createPixelBatch } from './pixelBatch.ts';
import { poolRows } from './pooling.ts';
import { openTower, runSession, type TowerOptions } from './session.ts';

export interface ImageTower {
  readonly dimensions: number;
  /**
   * n images of size × size × 3 bytes (RGB) → n × dimensions numbers, each row of length 1. Calls
   * wait for one another.
   * @throws OcelliError EMBED_FAILED, MODEL_DAMAGED
   */
  embed(images: readonly Uint8Array[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** @throws OcelliError MODEL_MISSING, MODEL_DAMAGED */
export async function openImageTower(model: Model, options: TowerOptions): Promise<ImageTower> {
  const { image, dimensions } = model.manifest;
  const { input, output } = image;
  const session = await openTower(model, 'image', options);
  const batch = createPixelBatch(image);
  // The batch's tensor is shared by all calls: none may fill it while another is computed from it.
  const serial = createSerial();

  async function embed(images: readonly Uint8Array[]): Promise<Float32Array> {
    if (images.length === 0) return new Float32Array(0);
    const answer = await runSession(session, { [input.name]: batch.fill(images) }, output.name);
    return poolRows(answer, images.length, dimensions, output.pooling);
  }

  return {
    dimensions,
    embed: (images) => serial(() => embed(images)),
    close: () => serial(() => session.release()),
  };
}

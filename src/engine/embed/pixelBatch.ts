// The input tensor of an image tower: allocated once for the largest batch seen, filled anew for
// each. Normalising is a table of 256 entries per channel, written straight into the tensor: there
// are only 256 values that a byte can have, so there is nothing for SIMD arithmetic to do.

import type { ImageTower } from '../../shared/model.ts';
import { Tensor } from './onnxRuntime.ts';

export interface PixelBatch {
  /**
   * The tensor of these images (each size × size × 3 bytes, RGB). It is overwritten by the next
   * call, so a run on it must have ended by then.
   */
  fill(images: readonly Uint8Array[]): Tensor;
}

export function createPixelBatch(tower: ImageTower): PixelBatch {
  const { size, input } = tower;
  const length = size * size * 3;
  const write = input.type === 'uint8' ? byteWriter(tower) : floatWriter(tower);
  let memory: Float32Array | Uint8Array = write.allocate(0);

  return {
    fill(images) {
      if (memory.length < images.length * length) memory = write.allocate(images.length * length);
      images.forEach((image, index) => {
        if (image.length !== length) {
          throw new Error(`Expected ${length} bytes of pixels but received ${image.length}`);
        }
        write.image(memory, index * length, image);
      });
      const shape = input.layout === 'NHWC' ? [size, size, 3] : [3, size, size];
      const used = memory.subarray(0, images.length * length);
      return used instanceof Uint8Array
        ? new Tensor('uint8', used, [images.length, ...shape])
        : new Tensor('float32', used, [images.length, ...shape]);
    },
  };
}

interface Writer {
  allocate(length: number): Float32Array | Uint8Array;
  image(memory: Float32Array | Uint8Array, start: number, image: Uint8Array): void;
}

function byteWriter({ input }: ImageTower): Writer {
  const planar = input.layout === 'NCHW';
  const same = Float32Array.from({ length: 256 }, (_, byte) => byte);
  return {
    allocate: (length) => new Uint8Array(length),
    image(memory, start, image) {
      if (planar) writePlanes(memory, start, image, [same, same, same]);
      else memory.set(image, start);
    },
  };
}

function floatWriter({ input, mean = [0, 0, 0], std = [1, 1, 1] }: ImageTower): Writer {
  const [red, green, blue] = mean;
  const tables: Tables = [table(red, std[0]), table(green, std[1]), table(blue, std[2])];
  const writeImage = input.layout === 'NCHW' ? writePlanes : writeInterleaved;
  return {
    allocate: (length) => new Float32Array(length),
    image: (memory, start, image) => writeImage(memory, start, image, tables),
  };
}

type Tables = readonly [Float32Array, Float32Array, Float32Array];

/** (byte / 255 − mean) / std of every byte. */
function table(mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - mean) / std);
}

type Memory = Float32Array | Uint8Array;

function writePlanes(memory: Memory, start: number, image: Uint8Array, tables: Tables): void {
  const [red, green, blue] = tables;
  const plane = image.length / 3;
  const greens = start + plane;
  const blues = greens + plane;
  for (let pixel = 0, at = 0; pixel < plane; pixel++, at += 3) {
    memory[start + pixel] = red[image[at] ?? 0] ?? 0;
    memory[greens + pixel] = green[image[at + 1] ?? 0] ?? 0;
    memory[blues + pixel] = blue[image[at + 2] ?? 0] ?? 0;
  }
}

function writeInterleaved(memory: Memory, start: number, image: Uint8Array, tables: Tables): void {
  const [red, green, blue] = tables;
  for (let at = 0; at < image.length; at += 3) {
    memory[start + at] = red[image[at] ?? 0] ?? 0;
    memory[start + at + 1] = green[image[at + 1] ?? 0] ?? 0;
    memory[start + at + 2] = blue[image[at + 2] ?? 0] ?? 0;
  }
}

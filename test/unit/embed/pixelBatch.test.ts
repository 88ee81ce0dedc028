// Pixels → input tensor, in every type and layout that a manifest can ask for.
import { describe, expect, it } from 'vitest';
import { createPixelBatch } from '../../../src/engine/embed/pixelBatch.ts';
import { type ImageTower, imageTowerSchema } from '../../../src/shared/model.ts';

const size = 16;
const plane = size * size;

function tower(type: 'uint8' | 'float32', layout: 'NHWC' | 'NCHW'): ImageTower {
  return imageTowerSchema.parse({
    files: { float32: 'vision.onnx' },
    input: { name: 'pixels', type, layout },
    size,
    resize: 'squash',
    crop: 'none',
    interpolation: 'cubic',
    mean: [0.5, 0.4, 0.3],
    std: [0.5, 0.25, 0.2],
    output: { name: 'embedding' },
  });
}

/** Pixel p is (p, 255 − p, 7) plus the image's number. */
function image(number: number): Uint8Array {
  return Uint8Array.from({ length: plane * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3) % 200;
    return [pixel, 255 - pixel - number, 7][i % 3] ?? 0;
  });
}

describe('the pixel batch', () => {
  it('normalises into planes', () => {
    const tensor = createPixelBatch(tower('float32', 'NCHW')).fill([image(0), image(1)]);
    expect(tensor.dims).toEqual([2, 3, size, size]);
    const at = (n: number, channel: number, pixel: number) =>
      Number(tensor.data[(n * 3 + channel) * plane + pixel]);
    expect(at(0, 0, 100)).toBeCloseTo((100 / 255 - 0.5) / 0.5, 6);
    expect(at(1, 1, 100)).toBeCloseTo((154 / 255 - 0.4) / 0.25, 6);
    expect(at(1, 2, 100)).toBeCloseTo((7 / 255 - 0.3) / 0.2, 6);
  });

  it('normalises in place of each pixel', () => {
    const tensor = createPixelBatch(tower('float32', 'NHWC')).fill([image(0)]);
    expect(tensor.dims).toEqual([1, size, size, 3]);
    expect(Number(tensor.data[301])).toBeCloseTo((155 / 255 - 0.4) / 0.25, 6);
  });

  it('leaves bytes to a graph that normalises', () => {
    const nhwc = createPixelBatch(tower('uint8', 'NHWC')).fill([image(0), image(1)]);
    expect([...nhwc.data]).toEqual([...image(0), ...image(1)]);
    const nchw = createPixelBatch(tower('uint8', 'NCHW')).fill([image(0)]);
    expect(nchw.type).toBe('uint8');
    expect(nchw.data[plane + 100]).toBe(155);
  });

  it('uses one piece of memory for batches of any size', () => {
    const batch = createPixelBatch(tower('float32', 'NCHW'));
    const large = batch.fill([image(0), image(1), image(2)]);
    const small = batch.fill([image(1)]);
    expect(small.dims).toEqual([1, 3, size, size]);
    expect(small.data).toHaveLength(plane * 3);
    if (!(small.data instanceof Float32Array) || !(large.data instanceof Float32Array)) throw small;
    expect(small.data.buffer).toBe(large.data.buffer);
  });

  it('refuses pixels of another size', () => {
    const batch = createPixelBatch(tower('float32', 'NCHW'));
    expect(() => batch.fill([new Uint8Array(5)])).toThrow('Expected 768 bytes of pixels');
  });
});

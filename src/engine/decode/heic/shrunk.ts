// Squares of pixels → their mean, as JPEG's scaled decoding does it: what is made from a photo is a
// fraction of its size, and its colours are converted once it is small.

/** RGB, 8 bits a channel, rows without padding. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** The same in rows of `stride` bytes. */
export interface PaddedPixels {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly data: Uint8Array;
}

const channels = 3;

/** @param side of the squares, pixels; what makes no whole one at the right and below is left out. */
export function shrunk(image: PaddedPixels, side: number): Pixels {
  const width = Math.max(1, Math.floor(image.width / side));
  const height = Math.max(1, Math.floor(image.height / side));
  const data = new Uint8Array(width * height * channels);
  const sums = new Uint32Array(width * channels);
  for (let y = 0; y < height; y++) {
    const start = y * side * image.stride;
    if (side === 1) data.set(rowAt(image, start, width), y * width * channels);
    else {
      sums.fill(side ** 2 / 2);
      for (let line = 0; line < side; line++) {
        addRow(sums, rowAt(image, start + line * image.stride, width * side), side);
      }
      const row = y * width * channels;
      for (let i = 0; i < sums.length; i++) data[row + i] = (sums[i] ?? 0) / side ** 2;
    }
  }
  return { width, height, data };
}

function rowAt({ data }: PaddedPixels, start: number, width: number): Uint8Array {
  return data.subarray(start, start + width * channels);
}

function addRow(sums: Uint32Array, row: Uint8Array, side: number): void {
  let from = 0;
  for (let to = 0; to < sums.length; to += channels) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let i = 0; i < side; i++) {
      red += row[from] ?? 0;
      green += row[from + 1] ?? 0;
      blue += row[from + 2] ?? 0;
      from += channels;
    }
    sums[to] = (sums[to] ?? 0) + red;
    sums[to + 1] = (sums[to + 1] ?? 0) + green;
    sums[to + 2] = (sums[to + 2] ?? 0) + blue;
  }
}

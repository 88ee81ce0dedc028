// Where the pixels of the model's input, of the thumbnail and of the one decode come from: sizes
// and offsets only, so that the rules of the reference can be read and tested apart from any image.
import type { ModelInput } from './decodeJob.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Scale the image to `width` × `height`, then cut `size` × `size` at `left`, `top`. */
export interface ModelFrame extends Size {
  readonly left: number;
  readonly top: number;
}

/**
 * The frame that the reference (torchvision's Resize and CenterCrop, as open_clip uses them) cuts:
 * the longer side is int(long × size / short), and the offset of the crop is rounded half to even.
 * Where the manifest asks for no crop after 'shortest-side', the longer side is squashed: the
 * input is square in any case.
 */
export function modelFrame(image: Size, input: ModelInput): ModelFrame {
  const { size } = input;
  if (input.resize === 'squash' || input.crop === 'none') {
    return { width: size, height: size, left: 0, top: 0 };
  }
  const short = Math.min(image.width, image.height);
  const long = Math.max(image.width, image.height);
  const scaled = Math.floor((long * size) / short);
  const width = image.width < image.height ? size : scaled;
  const height = image.width < image.height ? scaled : size;
  return {
    width,
    height,
    left: roundHalfToEven((width - size) / 2),
    top: roundHalfToEven((height - size) / 2),
  };
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** The size of a copy whose longer side is `longest`; the image's own where that is smaller. */
export function fitInside(image: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  return {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  };
}

/** How much larger than the model's input the picture is that the input is made from. */
export const headroom = 1.5;

/**
 * The size to decode at: large enough for the thumbnail and, by `headroom`, for the model. The
 * image's own size unless it is `worthwhile` times larger, because a copy of a copy is less exact
 * and below that factor it saves no work: JPEG's scaled decoding begins there.
 * See docs/decisions/0003-one-decode.md for the measurements.
 */
export function decodeSize(image: Size, input: ModelInput, thumbnail: number): Size {
  const worthwhile = 3;
  const short = Math.min(image.width, image.height);
  const long = Math.max(image.width, image.height);
  const scale = Math.max(thumbnail / long, (input.size * headroom) / short);
  if (scale * worthwhile > 1) return { width: image.width, height: image.height };
  return {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  };
}

/**
 * Squares of how many pixels may become one before an image is scaled: a power of two, so that twice
 * the target is left, whose own kernel is better.
 */
export function shrinkFor(image: Size, target: Size): number {
  const times = Math.min(image.width / target.width, image.height / target.height);
  return times < 4 ? 1 : 2 ** Math.floor(Math.log2(times / 2));
}

/** Whether two sizes differ in nothing but scale, but for 2 %: previews are cut to blocks of 8 or 16. */
export function isSameShape(a: Size, b: Size): boolean {
  return Math.abs((a.width * b.height) / (a.height * b.width) - 1) <= 0.02;
}

/** Whether an EXIF orientation exchanges width and height. */
export function isTransposed(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

export function transposed(size: Size): Size {
  return { width: size.height, height: size.width };
}

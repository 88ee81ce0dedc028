// The thread's side of heicPixels.ts: one photo after the other.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { type PaddedPixels, type Pixels, shrunk } from './shrunk.ts';

export interface HeicJob {
  readonly content: Uint8Array<ArrayBuffer>;
  /** Squares of so many pixels become one. */
  readonly shrink: number;
}

interface Decoded {
  /** Of the picture that a file shows first, in the colours that its profile tells. */
  readonly pixels?: Pixels;
  /** What libheif says where there are none. */
  readonly error?: string;
}

export interface HeicAnswer extends Decoded {
  /** Memory of WebAssembly, which never shrinks. */
  readonly heldBytes: number;
}

/** What of libheif is used here (libheif-js 1.23): it answers with an error where there is no handle. */
interface Libheif {
  readonly HEAPU8: Uint8Array;
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: { readonly heif_chroma_interleaved_RGB: unknown };
  readonly heif_error_code: { readonly heif_error_Ok: unknown };
  heif_context_alloc(): unknown;
  heif_context_free(context: unknown): void;
  heif_context_read_from_memory(context: unknown, content: Uint8Array): HeifError;
  heif_js_context_get_primary_image_handle(context: unknown): HeifError | object | undefined;
  heif_image_handle_release(handle: unknown): void;
  heif_js_decode_image2(handle: unknown, colours: unknown, chroma: unknown): HeifError | HeifImage;
  heif_image_release(image: unknown): void;
  /** How many there are, where none is asked for. */
  _heif_image_get_decoding_warnings(
    image: number,
    first: number,
    into: number,
    most: number,
  ): number;
}

interface HeifError {
  readonly code: unknown;
  readonly message: string;
}

/** The data of a channel lies in libheif's memory; so does the image, whose address Embind keeps. */
interface HeifImage {
  readonly image: { readonly $$: { readonly ptr: number } };
  readonly channels: readonly PaddedPixels[];
}

interface Emscripten {
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
}

/** A module of LGPL, which stays the file that it is: neither bundled nor changed. */
const start = createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif.js') as (
  options: Emscripten,
) => Libheif;

const libheif = start({
  instantiateWasm: (imports, done) => {
    const instance = new WebAssembly.Instance(workerData as WebAssembly.Module, imports);
    done(instance);
    return instance.exports;
  },
});

parentPort?.on('message', (job: HeicJob) => {
  const answer = { ...decode(job), heldBytes: libheif.HEAPU8.length } satisfies HeicAnswer;
  parentPort?.postMessage(answer, answer.pixels ? [answer.pixels.data.buffer] : []);
});

function decode({ content, shrink }: HeicJob): Decoded {
  const context = libheif.heif_context_alloc();
  try {
    const read = libheif.heif_context_read_from_memory(context, content);
    if (read.code !== libheif.heif_error_code.heif_error_Ok) return { error: read.message };
    return decodePrimary(context, shrink);
  } finally {
    libheif.heif_context_free(context);
  }
}

function decodePrimary(context: unknown, shrink: number): Decoded {
  const handle = libheif.heif_js_context_get_primary_image_handle(context);
  if (handle === undefined || 'code' in handle) return { error: handle?.message ?? 'no picture' };
  try {
    const { heif_colorspace_RGB: rgb } = libheif.heif_colorspace;
    const { heif_chroma_interleaved_RGB: interleaved } = libheif.heif_chroma;
    const decoded = libheif.heif_js_decode_image2(handle, rgb, interleaved);
    if ('code' in decoded) return { error: decoded.message };
    const result = pixelsOf(decoded, shrink);
    libheif.heif_image_release(decoded.image);
    return result;
  } finally {
    libheif.heif_image_handle_release(handle);
  }
}

/** Tiles that are missing are left out with a warning, and would be gaps in the photo. */
function pixelsOf({ image, channels }: HeifImage, shrink: number): Decoded {
  const missing = libheif._heif_image_get_decoding_warnings(image.$$.ptr, 0, 0, 0);
  if (missing > 0) return { error: `read error in ${missing} of its parts` };
  const [channel] = channels;
  return channel ? { pixels: shrunk(channel, shrink) } : { error: 'no pixels' };
}

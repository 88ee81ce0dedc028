// A process that makes pictures for browsers of photos that they cannot decode themselves.
import { serve } from '../pool/serve.ts';
import { convertedPicture } from './convertedPicture.ts';

export interface ConversionSetUp {
  /** Most pixels (width × height) of an image that is decoded. */
  readonly maxPixels: number;
}
export interface ConversionJob {
  /** Absolute path of the photo. */
  readonly path: string;
}

serve<ConversionSetUp, ConversionJob, Uint8Array>({
  setUp:
    async ({ maxPixels }) =>
    ({ path }) =>
      convertedPicture(path, maxPixels),
});

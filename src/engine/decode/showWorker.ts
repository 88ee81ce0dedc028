// A process that makes pictures for browsers of photos that they cannot decode themselves.
import { serve } from '../pool/serve.ts';
import { browserPicture } from './browserPicture.ts';

export interface ShowSetUp {
  /** Most pixels (width × height) of an image that is decoded. */
  readonly maxPixels: number;
}
export interface ShowJob {
  /** Absolute path of the photo. */
  readonly path: string;
}

serve<ShowSetUp, ShowJob, Uint8Array>({
  setUp:
    async ({ maxPixels }) =>
    ({ path }) =>
      browserPicture(path, maxPixels),
});

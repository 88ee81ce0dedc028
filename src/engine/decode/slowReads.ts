// Whether photos are waited for: on a share, or a disk that has to turn. There it is worth reading many
// ahead, which elsewhere would only keep a search waiting (docs/decisions/0030-one-process-a-core.md).
import type { DecodeTimes } from './decodeJob.ts';

/** Told apart by so many photos at a time. */
const photosAtOnce = 32;
/** Of what a process has to do for a photo until its pixels are there. */
const slowShare = 0.2;

export class SlowReads {
  private photos = 0;
  private waitedMs = 0;
  private totalMs = 0;

  /** Of one photo more. Whether the last of them were slow to be read. */
  note({ readMs, hashMs, decodeMs, thumbnailMs }: DecodeTimes): boolean {
    this.photos += 1;
    this.waitedMs += readMs;
    this.totalMs += readMs + hashMs + decodeMs + thumbnailMs;
    if (this.photos < photosAtOnce) return false;
    const isSlow = this.waitedMs > this.totalMs * slowShare;
    this.photos = 0;
    this.waitedMs = 0;
    this.totalMs = 0;
    return isSlow;
  }
}
